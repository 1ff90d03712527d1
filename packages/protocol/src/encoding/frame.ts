import { concatBytes } from './bytes.ts'
import { EncodingError } from './encoding-error.ts'
import { encodeUint32LittleEndian, readUint32LittleEndian } from './fixed-integers.ts'

/** What a frame holds. Both are views into the input, and either may be empty. Spec 20 §4.1. */
export interface Frame {
  readonly blob: Uint8Array
  readonly rest: Uint8Array
}

/** The layer frame of onion requests: length of the blob (u32, little-endian) ‖ blob ‖ rest. Spec 20 §4.1. */
export function encodeFrame(blob: Uint8Array, rest: Uint8Array): Uint8Array {
  return concatBytes(encodeUint32LittleEndian(blob.length), blob, rest)
}

/**
 * Takes a frame apart. The rest is whatever follows the blob. Spec 20 §4.1.
 * @throws {EncodingError} `frame.truncated` under 4 bytes, or when the length points past the end
 */
export function decodeFrame(input: Uint8Array): Frame {
  if (input.length < 4) throw new EncodingError('frame.truncated', { length: input.length })
  const size = readUint32LittleEndian(input)
  if (size > input.length - 4) throw new EncodingError('frame.truncated', { size, length: input.length })
  return { blob: input.subarray(4, 4 + size), rest: input.subarray(4 + size) }
}
