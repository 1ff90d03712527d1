import { utf8Decode } from '../encoding/index.ts'
import { MAX_MESSAGE_BYTES } from '../storage/index.ts'
import { MessageError } from './message-error.ts'
import { type FieldRule, type MessageRules, wireType } from './wire-rules.ts'

/** What is taken from outside. The defaults are those of Spec 70 §6.1, F5. */
export interface WireLimits {
  /** The longest input that is looked at. Default 76,800, the most that a node stores. */
  readonly maxBytes: number
  /** How many messages may stand inside one another. Default 16. */
  readonly maxDepth: number
  /** How many fields and packed numbers there may be in all. Default 16,384: an honest receipt can have 10,000. */
  readonly maxFields: number
  /** How many texts, byte strings and messages of them. Default 4096. */
  readonly maxParts: number
  /** Fields that nobody knows are kept when they and 16 bytes for each are not more than this. Default 65,536. */
  readonly maxUnreadBytes: number
}

/** What production reads by. */
export const defaultWireLimits: WireLimits = {
  maxBytes: MAX_MESSAGE_BYTES,
  maxDepth: 16,
  maxFields: 16_384,
  maxParts: 4096,
  maxUnreadBytes: 65_536,
}

const UNREAD_OVERHEAD = 16

/**
 * Walks once over the bytes of a message, so that what reads them afterwards can neither fail nor be made to work hard.
 * The answer is the size of the fields that the rules do not know, 16 bytes for each included.
 * @throws {MessageError} `message.too-long`, `message.truncated`, `message.bad-tag`, `message.bad-number`,
 * `message.wrong-type`, `message.too-deep`, `message.too-many-parts`, `message.missing-field`, `message.bad-text`
 */
export function checkWire(input: Uint8Array, rules: MessageRules, limits: WireLimits): number {
  if (input.length > limits.maxBytes) throw new MessageError('message.too-long', { length: input.length })
  const walker = new Walker(input, limits)
  walker.message(rules, input.length, 1)
  return walker.unreadBytes
}

class Walker {
  unreadBytes = 0
  #at = 0
  #fields = 0
  #parts = 0
  readonly #input: Uint8Array
  readonly #limits: WireLimits

  constructor(input: Uint8Array, limits: WireLimits) {
    this.#input = input
    this.#limits = limits
  }

  message(rules: MessageRules, end: number, depth: number): void {
    if (depth > this.#limits.maxDepth) throw this.#error('message.too-deep')
    let seen = 0
    while (this.#at < end) {
      const start = this.#at
      const tag = this.#uint32(end, 'message.bad-tag')
      const rule = rules.fields.get(tag >>> 3)
      if (tag >>> 3 === 0) throw this.#error('message.bad-tag')
      this.#countField()
      const isKnown = rule !== undefined && this.#known(rule, tag & 7, end, depth)
      if (rule === undefined) this.#value(tag & 7, end)
      seen |= rule?.required ?? 0
      if (!isKnown) this.unreadBytes += this.#at - start + UNREAD_OVERHEAD
    }
    if ((seen & rules.required) !== rules.required) throw this.#error('message.missing-field')
  }

  /** Steps over a field that has a rule; `false` if it holds a number that its enumeration does not know. */
  #known(rule: FieldRule, type: number, end: number, depth: number): boolean {
    if (type === wireType.lengthDelimited && rule.packable) this.#packed(rule, this.#length(end))
    else if (type !== rule.wireType) throw this.#error('message.wrong-type')
    else if (rule.numbers !== undefined) return rule.numbers.has(this.#varint(end))
    else if (type === wireType.lengthDelimited) this.#part(rule, this.#length(end), depth)
    else this.#value(type, end)
    return true
  }

  #part(rule: FieldRule, end: number, depth: number): void {
    if (++this.#parts > this.#limits.maxParts) throw this.#error('message.too-many-parts')
    if (rule.message !== undefined) return this.message(rule.message, end, depth + 1)
    if (rule.isText) this.#checkText(end)
    this.#at = end
  }

  #packed(rule: FieldRule, end: number): void {
    while (this.#at < end) {
      this.#countField()
      this.#value(rule.wireType, end)
    }
  }

  #countField(): void {
    if (++this.#fields > this.#limits.maxFields) throw this.#error('message.too-many-parts')
  }

  #checkText(end: number): void {
    const start = this.#at
    let at = start
    while (at < end && (this.#input[at] ?? 0) < 0x80) at++
    if (at === end) return
    try {
      utf8Decode(this.#input.subarray(start, end))
    } catch (cause) {
      throw new MessageError('message.bad-text', { at: start }, { cause })
    }
  }

  /** Steps over a value of any field. */
  #value(type: number, end: number): void {
    switch (type) {
      case wireType.varint:
        this.#varint(end)
        return
      case wireType.fixed64:
        return this.#skip(8, end)
      case wireType.lengthDelimited:
        this.#at = this.#length(end)
        return
      case wireType.fixed32:
        return this.#skip(4, end)
      default:
        throw this.#error('message.wrong-type')
    }
  }

  #skip(size: number, end: number): void {
    if (size > end - this.#at) throw this.#error('message.truncated')
    this.#at += size
  }

  /** The low 32 bits, signed, as enumerations have them. */
  #varint(end: number): number {
    let low = 0
    for (let count = 0; count < 10; count++) {
      const byte = this.#byte(end)
      if (count < 5) low |= (byte & 0x7f) << (7 * count)
      if (byte < 0x80) {
        if (count === 9 && byte > 1) throw this.#error('message.bad-number')
        return low
      }
    }
    throw this.#error('message.bad-number')
  }

  /** Reads the length of a value and answers where the value ends. */
  #length(end: number): number {
    const length = this.#uint32(end, 'message.bad-number')
    if (length > end - this.#at) throw this.#error('message.truncated')
    return this.#at + length
  }

  #uint32(end: number, code: 'message.bad-tag' | 'message.bad-number'): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#byte(end)
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) {
        if (value > 0xffffffff) throw this.#error(code)
        return value
      }
    }
    throw this.#error(code)
  }

  #byte(end: number): number {
    const byte = this.#at < end ? this.#input[this.#at] : undefined
    if (byte === undefined) throw this.#error('message.truncated')
    this.#at++
    return byte
  }

  #error(code: ConstructorParameters<typeof MessageError>[0]): MessageError {
    return new MessageError(code, { at: this.#at })
  }
}
