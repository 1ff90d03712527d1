import { decodeBase64, decodeHex } from '@sotto/protocol/encoding'

/**
 * One case of a file of known answers. Remembers which members were read, so that a test can insist that nothing in the
 * case was left out: a member that is neither used nor compared is an answer that nobody checked.
 */
export class VectorCase {
  readonly #members: ReadonlyMap<string, unknown>
  readonly #read = new Set<string>(['what', 'origin', 'note'])

  constructor(members: object) {
    this.#members = new Map<string, unknown>(Object.entries(members))
  }

  /** The bytes of a member written in hexadecimal. */
  hex(name: string): Uint8Array {
    return decodeHex(this.text(name))
  }

  /** The bytes of a member written in base64, with or without padding. */
  base64(name: string): Uint8Array {
    return decodeBase64(this.text(name))
  }

  /** A member that is a string. */
  text(name: string): string {
    const value = this.#take(name)
    if (typeof value !== 'string') throw new TypeError(`${name} is no text`)
    return value
  }

  /** A member that is a number which JSON carries exactly. */
  number(name: string): number {
    const value = this.#take(name)
    if (typeof value !== 'number' || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
      throw new TypeError(`${name} is no exact number`)
    }
    return value
  }

  /** A 64-bit number: written in digits as a text, or as a number that JSON carries exactly. */
  integer(name: string): bigint {
    return typeof this.#members.get(name) === 'string' ? BigInt(this.text(name)) : BigInt(this.number(name))
  }

  /** A member that is true or false. */
  flag(name: string): boolean {
    const value = this.#take(name)
    if (typeof value !== 'boolean') throw new TypeError(`${name} is neither true nor false`)
    return value
  }

  /** A member of any shape. */
  raw(name: string): unknown {
    return this.#take(name)
  }

  /** Whether there is such a member. Asking does not read it. */
  has(name: string): boolean {
    return this.#members.has(name)
  }

  /** Throws if some member was never read. `what`, `origin` and `note` are words for people and need not be. */
  assertAllRead(): void {
    const left = [...this.#members.keys()].filter(name => !this.#read.has(name))
    if (left.length > 0) throw new Error(`never read: ${left.join(', ')}`)
  }

  #take(name: string): unknown {
    if (!this.#members.has(name)) throw new Error(`there is no ${name}`)
    this.#read.add(name)
    return this.#members.get(name)
  }
}
