import { concatBytes, utf8Encode } from '@sotto/protocol/encoding'

/** One value of ASN.1 in DER: tag ‖ length ‖ content. Of the forms of lengths only the shortest is used. */
function encodeValue(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const body = concatBytes(...content)
  return concatBytes(Uint8Array.of(tag), encodeLength(body.length), body)
}

function encodeLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  return length < 0x100 ? Uint8Array.of(0x81, length) : Uint8Array.of(0x82, length >> 8, length & 0xff)
}

/** SEQUENCE. Up to 65,535 bytes, as everything here. */
export function derSequence(...items: readonly Uint8Array[]): Uint8Array {
  return encodeValue(0x30, ...items)
}

/** SET of one item. */
export function derSet(item: Uint8Array): Uint8Array {
  return encodeValue(0x31, item)
}

/** INTEGER that is not negative, big-endian. */
export function derUnsigned(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex(byte => byte !== 0)
  const digits = start < 0 ? Uint8Array.of(0) : bytes.subarray(start)
  return encodeValue(0x02, (digits[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : new Uint8Array(), digits)
}

/** OBJECT IDENTIFIER, its content already encoded, as hex. */
export function derObject(hex: string): Uint8Array {
  return encodeValue(
    0x06,
    Uint8Array.from(hex.match(/../g) ?? [], pair => Number.parseInt(pair, 16)),
  )
}

/** UTF8String. */
export function derText(text: string): Uint8Array {
  return encodeValue(0x0c, utf8Encode(text))
}

/** BIT STRING of whole bytes. */
export function derBits(bytes: Uint8Array): Uint8Array {
  return encodeValue(0x03, Uint8Array.of(0), bytes)
}

/** OCTET STRING. */
export function derOctets(bytes: Uint8Array): Uint8Array {
  return encodeValue(0x04, bytes)
}

/** BOOLEAN, true: DER leaves out false ones. */
export function derTrue(): Uint8Array {
  return encodeValue(0x01, Uint8Array.of(0xff))
}

/** Something with a tag of its context, `[number]`. */
export function derTagged(number: number, item: Uint8Array): Uint8Array {
  return encodeValue(0xa0 + number, item)
}

/** A time in whole seconds from Unix ms: UTCTime up to 2049, as X.509 demands, GeneralizedTime after that. */
export function derTime(ms: number): Uint8Array {
  const digits = new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+/g, '')
  return digits < '2050' ? encodeValue(0x17, utf8Encode(digits.slice(2))) : encodeValue(0x18, utf8Encode(digits))
}
