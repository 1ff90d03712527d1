import { concatBytes, encodeVarint, utf8Encode } from '../../src/encoding/index.ts'

/** Protobuf fields written by hand, for messages that no writer of ours would make. */
export function varintField(no: number, value: number | bigint): Uint8Array {
  return concatBytes(encodeVarint(no * 8), encodeVarint(value))
}

/** A field of length and bytes; a text becomes UTF-8. */
export function bytesField(no: number, value: Uint8Array | string): Uint8Array {
  const bytes = typeof value === 'string' ? utf8Encode(value) : value
  return concatBytes(encodeVarint(no * 8 + 2), encodeVarint(bytes.length), bytes)
}

/** Several fields in a field. */
export function messageField(no: number, ...fields: readonly Uint8Array[]): Uint8Array {
  return bytesField(no, concatBytes(...fields))
}

/** Eight bytes of nothing, as the required id of an attachment has them. */
export function fixed64Field(no: number): Uint8Array {
  return concatBytes(encodeVarint(no * 8 + 1), new Uint8Array(8))
}
