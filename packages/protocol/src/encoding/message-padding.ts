import { SottoError } from '../error/index.ts'
import { trimTail } from './bytes.ts'

/** Codes of `PaddingError`; stable. No spec: the codes are ours. */
export type PaddingErrorCode = 'padding.only-zeros'

const sentences: Readonly<Record<PaddingErrorCode, string>> = {
  'padding.only-zeros': 'The message is empty, or there is nothing but zeros in it.',
}

/** Padded data in which no message can be found. Spec 10 §2.1. */
export class PaddingError extends SottoError<PaddingErrorCode> {
  override readonly name = 'PaddingError'

  override get sentence(): string {
    return sentences[this.code]
  }
}

const BLOCK = 160
const TERMINATOR = 0x80

/** How long a message of `length` bytes is after `padMessage`: always 1 to 160 zeros after the terminator. Spec 10 §2.1. */
export function paddedMessageLength(length: number): number {
  return length + 1 + BLOCK - ((length + 1) % BLOCK)
}

/** The same for the padding of older clients, which is read but not written: one less than a multiple of 160. Spec 10 §2.1. */
export function legacyPaddedMessageLength(length: number): number {
  return Math.ceil((length + 2) / BLOCK) * BLOCK - 1
}

/**
 * message ‖ 0x80 ‖ zeros, a multiple of 160 bytes: what is sealed to an account, to a blinded id, or posted in a room.
 * A fresh array. Spec 10 §2.1.
 */
export function padMessage(message: Uint8Array): Uint8Array {
  const padded = new Uint8Array(paddedMessageLength(message.length))
  padded.set(message)
  padded[message.length] = TERMINATOR
  return padded
}

/**
 * What was padded; a view. No length is wrong, for older clients padded otherwise, and data that does not end in 0x80 and
 * zeros was not padded and comes back whole. Spec 10 §2.1.
 * @throws {PaddingError} `padding.only-zeros`, also for nothing at all
 */
export function unpadMessage(padded: Uint8Array): Uint8Array {
  const trimmed = trimTail(padded)
  if (trimmed.length === 0) throw new PaddingError('padding.only-zeros', { length: padded.length })
  return trimmed.at(-1) === TERMINATOR ? trimmed.subarray(0, -1) : padded
}
