import { CryptoError, requireLength } from './crypto-error.ts'
import { ownMemory } from './own-memory.ts'

const PLACEHOLDER = '[secret]'

/**
 * Bytes that must not be shown. Printing, logging, JSON and string templates give a placeholder; the bytes come out only
 * through `expose`, which is easy to search for. The constructor copies what it is given.
 * No spec: how secrets are handled is ours.
 */
export abstract class Secret {
  /** Tells the kinds of secrets apart for the type checker, and in a debugger. */
  abstract readonly kind: string
  readonly #bytes: Uint8Array
  #wiped = false

  /** @throws {CryptoError} `crypto.bad-length` */
  protected constructor(bytes: Uint8Array, length: number) {
    requireLength(bytes, length)
    this.#bytes = ownMemory(length)
    this.#bytes.set(bytes)
  }

  /**
   * The bytes themselves: a view, neither to be changed nor kept.
   * @throws {CryptoError} `crypto.wiped`
   */
  expose(): Uint8Array {
    if (this.#wiped) throw new CryptoError('crypto.wiped')
    return this.#bytes
  }

  /** Overwrites the bytes with zeros; every later use throws. Copies that the engine made are out of reach. */
  wipe(): void {
    this.#bytes.fill(0)
    this.#wiped = true
  }

  toString(): string {
    return PLACEHOLDER
  }

  toJSON(): string {
    return PLACEHOLDER
  }

  /** Node's `console.log` and `util.inspect` ask for this name. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `${this.kind} ${PLACEHOLDER}`
  }
}

/** 32 bytes for XChaCha20-Poly1305, AES-256-GCM, HMAC or keyed BLAKE2b. No spec: how secrets are handled is ours. */
export class SymmetricKey extends Secret {
  override readonly kind = 'SymmetricKey'

  /** @throws {CryptoError} `crypto.bad-length` */
  constructor(bytes: Uint8Array) {
    super(bytes, 32)
  }
}
