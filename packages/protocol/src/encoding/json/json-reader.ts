import { type Json, type JsonObject } from './json.ts'
import { JsonError } from './json-error.ts'

/** Roughly the bytes of memory that a value takes beyond its characters, with its place in the list or object around it. */
const memoryOf = { number: 16, string: 40, list: 64, object: 224, entry: 56 }

/** The deepest nesting that any limit can ask for; the reader calls itself once a level. */
const HARD_MAX_DEPTH = 1000

const space = /[ \t\n\r]*/y
const number = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y
// Whether something has to be looked at before a string can be taken as it stands.
// oxlint-disable-next-line no-control-regex -- JSON forbids exactly these characters
const special = /[\\\u0000-\u001f]/
const words: readonly (readonly [string, Json])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
]

/** Reads one value after another from a position that moves forward. */
export class JsonReader {
  readonly #text: string
  readonly #maxDepth: number
  #memoryLeft: number
  #at = 0

  constructor(text: string, maxDepth: number, maxMemory: number) {
    this.#text = text
    this.#maxDepth = Math.min(maxDepth, HARD_MAX_DEPTH)
    this.#memoryLeft = maxMemory
  }

  /** The one value of the text. */
  readAll(): Json {
    const value = this.#readValue(0)
    this.#skipSpace()
    if (this.#at !== this.#text.length) throw this.#syntaxError()
    return value
  }

  #readValue(depth: number): Json {
    this.#skipSpace()
    switch (this.#text[this.#at]) {
      case '{':
        return this.#readObject(depth + 1)
      case '[':
        return this.#readList(depth + 1)
      case '"':
        return this.#readString()
      case 'n':
      case 't':
      case 'f':
        return this.#readWord()
      default:
        return this.#readNumber()
    }
  }

  #readObject(depth: number): JsonObject {
    this.#enter(depth, memoryOf.object)
    const object = new Map<string, Json>()
    if (this.#take('}')) return object
    do {
      this.#skipSpace()
      this.#spend(memoryOf.entry)
      const key = this.#readString()
      if (!this.#take(':')) throw this.#syntaxError()
      object.set(key, this.#readValue(depth))
    } while (this.#take(','))
    if (!this.#take('}')) throw this.#syntaxError()
    return object
  }

  #readList(depth: number): readonly Json[] {
    this.#enter(depth, memoryOf.list)
    const list: Json[] = []
    if (this.#take(']')) return list
    do list.push(this.#readValue(depth))
    while (this.#take(','))
    if (!this.#take(']')) throw this.#syntaxError()
    return list
  }

  #readString(): string {
    if (this.#text[this.#at] !== '"') throw this.#syntaxError()
    this.#spend(memoryOf.string)
    const start = this.#at + 1
    let end = this.#text.indexOf('"', start)
    while (end >= 0 && this.#isEscaped(end, start)) end = this.#text.indexOf('"', end + 1)
    if (end < 0) throw this.#syntaxError()
    const raw = this.#text.slice(start, end)
    const string = special.test(raw) ? this.#unescape(raw) : raw
    this.#at = end + 1
    return string
  }

  /** Whether the backslashes before a position, not before `start`, are odd in number. */
  #isEscaped(at: number, start: number): boolean {
    let first = at
    while (first > start && this.#text[first - 1] === '\\') first--
    return (at - first) % 2 === 1
  }

  /**
   * The rare string with escapes is left to the platform, which knows all of them. Its error may quote the text, which may
   * be private, so it is not kept as the cause.
   */
  #unescape(raw: string): string {
    try {
      return String(JSON.parse(`"${raw}"`))
    } catch {
      throw this.#syntaxError()
    }
  }

  #readNumber(): number | bigint {
    number.lastIndex = this.#at
    const match = number.exec(this.#text)
    if (match === null) throw this.#syntaxError()
    const [digits, fraction, exponent] = match
    this.#at += digits.length
    this.#spend(memoryOf.number)
    const value = Number(digits)
    // Past 20 digits nothing fits in 64 bits; a bigint of many digits would take more than linear time.
    const exact = fraction !== undefined || exponent !== undefined || Number.isSafeInteger(value) || digits.length > 20
    return exact ? value : BigInt(digits)
  }

  #readWord(): Json {
    const word = words.find(([text]) => this.#text.startsWith(text, this.#at))
    if (word === undefined) throw this.#syntaxError()
    this.#spend(memoryOf.number)
    this.#at += word[0].length
    return word[1]
  }

  #enter(depth: number, memory: number): void {
    if (depth > this.#maxDepth) throw new JsonError('json.too-deep', { at: this.#at })
    this.#spend(memory)
    this.#at++
  }

  /** Steps over white space and then one character, if it is that one. */
  #take(character: string): boolean {
    this.#skipSpace()
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #skipSpace(): void {
    // Most values follow each other directly; only what might be white space is worth the expression.
    if (this.#text.charCodeAt(this.#at) > 0x20) return
    space.lastIndex = this.#at
    space.test(this.#text)
    this.#at = space.lastIndex
  }

  #spend(memory: number): void {
    this.#memoryLeft -= memory
    if (this.#memoryLeft < 0) throw new JsonError('json.too-many-values', { at: this.#at })
  }

  #syntaxError(): JsonError {
    return new JsonError('json.bad-syntax', { at: this.#at })
  }
}
