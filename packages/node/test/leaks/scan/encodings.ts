import { type Canary, type EncodingName, type Pattern } from './canary.ts'

type Encode = (bytes: Uint8Array) => readonly (Uint8Array | string)[]

const zBase32 = 'ybndrfg8ejkmcpqxot1uwisza345h769'
/** Shorter patterns are found by accident. */
const minLength = 7

const encodings: Readonly<Record<EncodingName, Encode>> = {
  raw: bytes => [bytes],
  'utf-16le': bytes => [Uint8Array.from(Array.from(bytes).flatMap(byte => [byte, 0]))],
  hex: bytes => [Buffer.from(bytes).toString('hex')],
  'hex upper': bytes => [Buffer.from(bytes).toString('hex').toUpperCase()],
  base64: bytes => aligned(bytes, 3, 4, padded => Buffer.from(padded).toString('base64').replaceAll('=', '')),
  base64url: bytes => aligned(bytes, 3, 4, padded => Buffer.from(padded).toString('base64url')),
  base32z: bytes => aligned(bytes, 5, 8, zBase32Text),
  'decimal limbs': decimalLimbs,
  percent: percentTexts,
  json: jsonTexts,
  reversed: bytes => [bytes.toReversed()],
}

/** Every way of writing a canary. */
export function patternsOf({ name, bytes, without = [] }: Canary): readonly Pattern[] {
  const names = (Object.keys(encodings) as EncodingName[]).filter(each => !without.includes(each))
  const seen = new Set<string>()
  const patterns: Pattern[] = []
  for (const encoding of names) {
    for (const written of encodings[encoding](bytes)) {
      const pattern = typeof written === 'string' ? new TextEncoder().encode(written) : written
      const key = `${encoding} ${Buffer.from(pattern).toString('latin1')}`
      if (seen.has(key) || (pattern.length < minLength && encoding !== 'raw')) continue
      seen.add(key)
      patterns.push({ canary: name, encoding, bytes: pattern })
    }
  }
  return patterns
}

/**
 * The bytes may begin anywhere in what is encoded, so they are written at each alignment, and the characters are cut off
 * that depend on what stands before and after.
 */
function aligned(
  bytes: Uint8Array,
  group: number,
  characters: number,
  encode: (padded: Uint8Array) => string,
): readonly string[] {
  const bits = 8 * (group / characters)
  return Array.from({ length: group }, (_, shift) => {
    const text = encode(Uint8Array.from([...new Uint8Array(shift), ...bytes]))
    const from = Math.ceil((8 * shift) / bits)
    const to = Math.floor((8 * (shift + bytes.length)) / bits)
    return text.slice(from, to)
  })
}

function zBase32Text(bytes: Uint8Array): string {
  const bits = Array.from(bytes, byte => byte.toString(2).padStart(8, '0')).join('')
  const quintets = bits.match(/.{1,5}/g) ?? []
  return quintets.map(quintet => zBase32[Number.parseInt(quintet.padEnd(5, '0'), 2)]).join('')
}

/** As 64-bit numbers in digits, in both byte orders: a key could be printed like that. */
function decimalLimbs(bytes: Uint8Array): readonly string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const starts = Array.from({ length: Math.floor(bytes.length / 8) }, (_, at) => 8 * at)
  const limbs = starts.flatMap(at => [view.getBigUint64(at), view.getBigUint64(at, true)])
  return limbs.map(String).filter(text => text.length >= 16)
}

function percentTexts(bytes: Uint8Array): readonly string[] {
  const all = Array.from(bytes, byte => `%${byte.toString(16).padStart(2, '0')}`).join('')
  const needed = Array.from(bytes, byte => (isPlain(byte) ? String.fromCharCode(byte) : percent(byte))).join('')
  return [all, all.toUpperCase(), needed, needed.toLowerCase()]
}

function isPlain(byte: number): boolean {
  return /[A-Za-z0-9_.~-]/.test(String.fromCharCode(byte))
}

function percent(byte: number): string {
  return `%${byte.toString(16).padStart(2, '0').toUpperCase()}`
}

/** As JSON and logs would write the text, or the bytes as Latin-1, with escapes where needed or everywhere. */
function jsonTexts(bytes: Uint8Array): readonly string[] {
  const texts = [Buffer.from(bytes).toString('latin1'), Buffer.from(bytes).toString('utf8')]
  return texts
    .flatMap(text => {
      const escaped = JSON.stringify(text).slice(1, -1)
      const unicode = Array.from({ length: text.length }, (_, at) => unicodeEscape(text.charCodeAt(at))).join('')
      return [escaped, escaped.replaceAll('/', '\\/'), unicode, unicode.toUpperCase().replaceAll('\\U', '\\u')]
    })
    .concat(JSON.stringify(Array.from(bytes)).slice(1, -1))
}

function unicodeEscape(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`
}
