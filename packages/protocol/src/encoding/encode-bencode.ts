import { type BencodeInput, mark, MAX_INTEGER, MIN_INTEGER } from './bencode.ts'
import { BencodeError } from './bencode-error.ts'
import { latin1Encode } from './latin1.ts'
import { utf8Encode } from './utf8.ts'

/** Deeper than anything we write; what goes deeper holds itself. */
const MAX_DEPTH = 1000

/**
 * Encodes canonically: keys ascending by bytes, no leading zeros, no -0. There is one encoding of each value. Spec 30 §1.
 * @throws {BencodeError} `bencode.integer-too-large` outside -2^63 to 2^64 - 1, `bencode.bad-integer` for a number that is no
 * safe integer, `bencode.bad-key` for a key with a character past U+00FF, `bencode.too-deep` past 1000 levels
 */
export function encodeBencode(value: BencodeInput): Uint8Array {
  const writer = new Writer()
  writeValue(writer, value, 0)
  return writer.bytes()
}

function writeValue(writer: Writer, value: BencodeInput, depth: number): void {
  if (typeof value === 'string') return writeBytes(writer, utf8Encode(value))
  if (value instanceof Uint8Array) return writeBytes(writer, value)
  if (typeof value !== 'object') return writer.ascii(`i${integer(value)}e`)
  if (depth === MAX_DEPTH) throw new BencodeError('bencode.too-deep')
  if (value instanceof Map) return writeDict(writer, value, depth + 1)
  writer.byte(mark.list)
  for (const item of value as readonly BencodeInput[]) writeValue(writer, item, depth + 1)
  writer.byte(mark.end)
}

function writeDict(writer: Writer, dict: ReadonlyMap<string, BencodeInput>, depth: number): void {
  writer.byte(mark.dict)
  // The standard order of strings is that of their character codes, which for Latin-1 is that of the bytes.
  for (const [key, value] of isInOrder(dict) ? dict : [...dict].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    writeBytes(writer, keyBytes(key))
    writeValue(writer, value, depth)
  }
  writer.byte(mark.end)
}

/** Most of ours are written down in order. */
function isInOrder(dict: ReadonlyMap<string, BencodeInput>): boolean {
  let last: string | undefined
  for (const key of dict.keys()) {
    if (last !== undefined && key < last) return false
    last = key
  }
  return true
}

function writeBytes(writer: Writer, bytes: Uint8Array): void {
  writer.ascii(`${bytes.length}:`)
  writer.append(bytes)
}

function integer(value: bigint | number | boolean): bigint | number {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new BencodeError('bencode.bad-integer')
    return value
  }
  const exact = BigInt(value)
  if (exact < MIN_INTEGER || exact > MAX_INTEGER) throw new BencodeError('bencode.integer-too-large')
  return exact
}

function keyBytes(key: string): Uint8Array {
  try {
    return latin1Encode(key)
  } catch (cause) {
    throw new BencodeError('bencode.bad-key', {}, { cause })
  }
}

/** Bytes that grow by doubling, so that writing n bytes costs n. */
class Writer {
  #buffer = new Uint8Array(256)
  #length = 0

  byte(byte: number): void {
    this.#reserve(1)
    this.#buffer[this.#length++] = byte
  }

  ascii(text: string): void {
    this.#reserve(text.length)
    for (let at = 0; at < text.length; at++) this.#buffer[this.#length++] = text.charCodeAt(at)
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#buffer.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** A fresh array of just what was written. */
  bytes(): Uint8Array {
    return this.#buffer.slice(0, this.#length)
  }

  #reserve(size: number): void {
    const needed = this.#length + size
    if (needed <= this.#buffer.length) return
    const larger = new Uint8Array(2 * needed)
    larger.set(this.#buffer.subarray(0, this.#length))
    this.#buffer = larger
  }
}
