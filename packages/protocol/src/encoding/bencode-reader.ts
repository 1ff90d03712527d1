import { type Bencode, type BencodeDict, mark, MAX_INTEGER, MIN_INTEGER } from './bencode.ts'
import { BencodeError, type BencodeErrorCode } from './bencode-error.ts'
import { latin1Decode } from './latin1.ts'

/** How strict a reader is. The defaults are the strict ones. Spec 30 §1. */
export interface BencodeOptions {
  /** Take dictionaries whose keys are in any order. The same key twice is refused all the same. Default false. */
  readonly unorderedKeys?: boolean
  /** How many lists and dictionaries may stand inside one another, at most 1000. Default 32. Spec 70 §6.1. */
  readonly maxDepth?: number
  /** The longest input that is looked at. Default 10,000,000. Spec 70 §6.1. */
  readonly maxBytes?: number
  /**
   * About how many bytes of memory the decoded value may take, the input not counted. Default four times the input, but
   * not less than 8 MiB (spec 70 §6.1), which only crowds of tiny values exceed.
   */
  readonly maxMemory?: number
}

const HARD_MAX_DEPTH = 1000

/**
 * Roughly the bytes of memory that a value takes beyond those of the input, counting its place in the list or dictionary
 * around it. Two bytes of input can make an empty dictionary, so memory has to be counted, not input.
 */
const memoryOf = { integer: 32, bytes: 112, list: 64, dict: 224, entry: 56 }

/** Is given each entry of a dictionary: its key, where the key begins, its value, and where that begins. */
export type EntryVisitor = (key: string, keyAt: number, value: Bencode, valueAt: number) => void

/** Reads one value after another from a position that moves forward. Every byte is looked at once. */
export class BencodeReader {
  /** The position of the next byte. */
  at = 0
  readonly #input: Uint8Array
  readonly #unorderedKeys: boolean
  readonly #maxDepth: number
  #memoryLeft: number

  /** @throws {BencodeError} `bencode.too-long` */
  constructor(input: Uint8Array, options: BencodeOptions) {
    const length = input.length
    if (length > (options.maxBytes ?? 10_000_000)) throw new BencodeError('bencode.too-long', { length })
    this.#input = input
    this.#unorderedKeys = options.unorderedKeys ?? false
    this.#maxDepth = Math.min(options.maxDepth ?? 32, HARD_MAX_DEPTH)
    this.#memoryLeft = options.maxMemory ?? Math.max(4 * length, 8 * 1024 * 1024)
  }

  /** `depth` counts the lists and dictionaries around the value. */
  readValue(depth: number): Bencode {
    switch (this.#input[this.at]) {
      case mark.integer:
        return this.#readInteger()
      case mark.list:
        return this.#readList(depth + 1)
      case mark.dict:
        return this.#readDict(depth + 1)
      default:
        return this.#readBytes('bencode.bad-type')
    }
  }

  /** Reads the dictionary at the position, which must be one. */
  readEntries(depth: number, visit: EntryVisitor): void {
    if (this.#input[this.at] !== mark.dict) throw this.#error('bencode.not-a-dict')
    this.#enter(depth, memoryOf.dict)
    let previous: string | undefined
    while (!this.#leave()) {
      const keyAt = this.at
      const key = latin1Decode(this.#readBytes('bencode.bad-key'))
      this.#spend(memoryOf.entry + key.length)
      if (previous !== undefined && !this.#unorderedKeys && key <= previous) throw orderError(key === previous, keyAt)
      previous = key
      const valueAt = this.at
      visit(key, keyAt, this.readValue(depth), valueAt)
    }
  }

  #readDict(depth: number): BencodeDict {
    const dict = new Map<string, Bencode>()
    this.readEntries(depth, (key, keyAt, value) => {
      if (this.#unorderedKeys && dict.has(key)) throw orderError(true, keyAt)
      dict.set(key, value)
    })
    return dict
  }

  #readList(depth: number): readonly Bencode[] {
    this.#enter(depth, memoryOf.list)
    const list: Bencode[] = []
    while (!this.#leave()) list.push(this.readValue(depth))
    return list
  }

  /** i, digits with or without a minus, e. Leading zeros and -0 are taken. */
  #readInteger(): bigint {
    const start = this.at++
    const negative = this.#input[this.at] === mark.minus
    if (negative) this.at++
    const first = this.at
    this.#skipZeros()
    // Fifteen digits are exact in a number, and twenty are enough for 64 bits.
    const high = this.#readDigits(15)
    const afterHigh = this.at
    const low = this.#readDigits(5)
    const lowDigits = this.at - afterHigh
    if (isDigit(this.#input[this.at])) throw new BencodeError('bencode.integer-too-large', { at: start })
    if (this.at === first || this.#input[this.at] !== mark.end) throw this.#error('bencode.bad-integer')
    const size = lowDigits === 0 ? BigInt(high) : BigInt(high) * 10n ** BigInt(lowDigits) + BigInt(low)
    const value = negative ? -size : size
    if (value < MIN_INTEGER || value > MAX_INTEGER) throw new BencodeError('bencode.integer-too-large', { at: start })
    this.#spend(memoryOf.integer)
    this.at++
    return value
  }

  /** Digits of the length, colon, bytes. `missing` is the error when there is no digit. */
  #readBytes(missing: 'bencode.bad-type' | 'bencode.bad-key'): Uint8Array {
    const first = this.at
    const length = this.#readDigits()
    if (this.at === first) throw this.#error(missing)
    if (this.#input[this.at] !== mark.colon) throw this.#error('bencode.bad-length')
    const start = this.at + 1
    if (length > this.#input.length - start) throw new BencodeError('bencode.truncated', { at: first })
    if (missing === 'bencode.bad-type') this.#spend(memoryOf.bytes)
    this.at = start + length
    return this.#input.subarray(start, this.at)
  }

  /** The number that the digits at the position say; past 2^53 it is only roughly right, and large. */
  #readDigits(most = Infinity): number {
    let value = 0
    for (let count = 0; count < most; count++) {
      const byte = this.#input[this.at]
      if (!isDigit(byte)) break
      value = value * 10 + byte - mark.zero
      this.at++
    }
    return value
  }

  #skipZeros(): void {
    while (this.#input[this.at] === mark.zero) this.at++
  }

  #enter(depth: number, memory: number): void {
    if (depth > this.#maxDepth) throw new BencodeError('bencode.too-deep', { at: this.at })
    this.#spend(memory)
    this.at++
  }

  /** Whether a list or dictionary ends here; if so, steps over its end. */
  #leave(): boolean {
    if (this.#input[this.at] !== mark.end) return false
    this.at++
    return true
  }

  #spend(memory: number): void {
    this.#memoryLeft -= memory
    if (this.#memoryLeft < 0) throw new BencodeError('bencode.too-many-values', { at: this.at })
  }

  /** What is wrong at the position; at the end of the input it is always that something is missing. */
  #error(code: BencodeErrorCode): BencodeError {
    return new BencodeError(this.at >= this.#input.length ? 'bencode.truncated' : code, { at: this.at })
  }
}

function isDigit(byte: number | undefined): byte is number {
  return byte !== undefined && byte >= mark.zero && byte <= mark.nine
}

function orderError(duplicate: boolean, at: number): BencodeError {
  return new BencodeError(duplicate ? 'bencode.duplicate-key' : 'bencode.unordered-keys', { at })
}
