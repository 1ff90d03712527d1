import { encodeHex } from '@sotto/protocol/encoding'

/** Something secret that is unique and long enough to be no accident: where it is found, it came from us. Spec 70 §4. */
export interface Canary {
  /** What it is, for reports. */
  readonly name: string
  /** At least 4 bytes; an address is that short. */
  readonly bytes: Uint8Array
  /** Not looked for in these encodings, because a few bytes of them are found everywhere. */
  readonly without?: readonly EncodingName[]
}

/** Ways in which a secret could be written. Spec 70 §4. */
export type EncodingName =
  | 'raw'
  | 'utf-16le'
  | 'hex'
  | 'hex upper'
  | 'base64'
  | 'base64url'
  | 'base32z'
  | 'decimal limbs'
  | 'percent'
  | 'json'
  | 'reversed'

/** One way of writing a canary, as bytes to look for. */
export interface Pattern {
  readonly canary: string
  readonly encoding: EncodingName
  readonly bytes: Uint8Array
}

/** A canary that is a text. */
export function textCanary(name: string, text: string): Canary {
  return { name, bytes: new TextEncoder().encode(text) }
}

/** A canary that is bytes, and the same as the text of its hex, which is encoded again in its turn. */
export function idCanaries(name: string, bytes: Uint8Array): readonly Canary[] {
  return [{ name, bytes }, textCanary(`${name} as hex text`, encodeHex(bytes))]
}
