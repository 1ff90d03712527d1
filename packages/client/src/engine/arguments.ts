import { AccountError, type AccountId, parseAccountId } from '@sotto/protocol/account'
import { ClientError } from './client-error.ts'
import { type ConversationId, parseConversationId } from './conversation-id.ts'

/** Which numbers are taken. */
export interface NumberRange {
  readonly min: number
  readonly max: number
}

/** Longer than any argument that makes sense; each has its own limit besides. */
const MAX_TEXT = 100_000

/**
 * Reads what a command or query was given, which may come from another process. Members that are `undefined` count as
 * absent, and unknown ones are not looked at. Every method throws `ClientError` `client.bad-arguments`, with the place of the
 * member in the order of reading.
 */
export class Arguments {
  readonly #members: ReadonlyMap<string, unknown>
  #read = 0

  /** Takes an object, or nothing for no arguments. */
  constructor(raw: unknown) {
    if (raw !== undefined && (typeof raw !== 'object' || raw === null || Array.isArray(raw))) {
      throw new ClientError('client.bad-arguments')
    }
    this.#members = new Map(Object.entries(raw ?? {}))
  }

  text(name: string, maxLength = MAX_TEXT): string {
    const value = this.#take(name)
    if (typeof value !== 'string' || value.length > maxLength) throw this.#bad()
    return value
  }

  flag(name: string): boolean {
    const value = this.#take(name)
    if (typeof value !== 'boolean') throw this.#bad()
    return value
  }

  /** A whole number. */
  integer(name: string, { min, max }: NumberRange = { min: 0, max: Number.MAX_SAFE_INTEGER }): number {
    const value = this.#take(name)
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max) throw this.#bad()
    return value
  }

  /** One of a closed list of words. */
  word<Word extends string>(name: string, words: readonly Word[]): Word {
    const value = this.#take(name)
    const word = words.find(each => each === value)
    if (word === undefined) throw this.#bad()
    return word
  }

  accountId(name: string): AccountId {
    try {
      return parseAccountId(this.text(name, 66))
    } catch (cause) {
      if (cause instanceof AccountError) throw this.#bad(cause)
      throw cause
    }
  }

  /** @throws {ClientError} also `client.bad-conversation` */
  conversation(name: string): ConversationId {
    return parseConversationId(this.text(name, 66))
  }

  /** A copy. */
  bytes(name: string, maxLength: number): Uint8Array {
    const value = this.#take(name)
    if (!(value instanceof Uint8Array) || value.length > maxLength) throw this.#bad()
    return Uint8Array.from(value)
  }

  /** Each element is read as if it were the member `value` of arguments of its own. */
  list<T>(name: string, maxLength: number, read: (element: Arguments) => T): readonly T[] {
    const value = this.#take(name)
    if (!Array.isArray(value) || value.length > maxLength) throw this.#bad()
    return value.map((element: unknown) => read(new Arguments({ value: element })))
  }

  /** Arguments inside arguments. */
  object(name: string): Arguments {
    const value = this.#take(name)
    if (value === undefined || value === null) throw this.#bad()
    return new Arguments(value)
  }

  /** Whether the member is there at all. */
  has(name: string): boolean {
    return this.#members.get(name) !== undefined
  }

  /** What `read` makes of this member, or `undefined` where it is absent. */
  optional<T>(name: string, read: (args: Arguments) => T): T | undefined {
    return this.has(name) ? read(this) : undefined
  }

  #take(name: string): unknown {
    this.#read += 1
    return this.#members.get(name)
  }

  #bad(cause?: unknown): ClientError {
    return new ClientError('client.bad-arguments', { at: this.#read }, { cause })
  }
}
