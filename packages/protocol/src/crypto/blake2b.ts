import { backend } from '#backend'
import { CryptoError, requireLength } from './crypto-error.ts'
import { guardHasher, type Hasher } from './hasher.ts'

/** What BLAKE2b can be given beside the message. Spec 10 §2.6, spec 40 §8.2. */
export interface Blake2bOptions {
  /** The BLAKE2b key parameter, 1 to 64 bytes; not a prefix of the message. */
  readonly key?: Uint8Array
  /** Exactly 16 bytes; the BLAKE2b salt parameter. Leaving it out is the same as zeros. */
  readonly salt?: Uint8Array
  /** Exactly 16 bytes. */
  readonly personalisation?: Uint8Array
}

/**
 * BLAKE2b of the parts in a row, 1 to 64 bytes long; no key, no salt, no personalisation. Spec 20 §3.4, §4.2.
 * @throws {CryptoError} `crypto.bad-length`
 */
export function blake2b(size: number, ...parts: readonly Uint8Array[]): Uint8Array {
  requireSize(size)
  return backend.blake2b(size, parts, undefined)
}

/**
 * BLAKE2b with a key, a salt, a personalisation, or several of them. Spec 10 §2.6, spec 40 §8.2.
 * @throws {CryptoError} `crypto.bad-length`
 */
export function blake2bWith(size: number, options: Blake2bOptions, ...parts: readonly Uint8Array[]): Uint8Array {
  requireSize(size)
  requireOptions(options)
  const { key, salt, personalisation } = options
  if (salt === undefined && personalisation === undefined) return backend.blake2b(size, parts, key)
  const hasher = backend.createBlake2b(size, key, salt, personalisation)
  for (const part of parts) hasher.update(part)
  return hasher.finish()
}

/**
 * BLAKE2b over data that arrives in pieces. Spec 40 §8.2.
 * @throws {CryptoError} `crypto.bad-length`
 */
export function createBlake2b(size: number, options: Blake2bOptions = {}): Hasher {
  requireSize(size)
  requireOptions(options)
  return guardHasher(backend.createBlake2b(size, options.key, options.salt, options.personalisation))
}

function requireSize(size: number): void {
  if (!Number.isInteger(size) || size < 1 || size > 64) throw new CryptoError('crypto.bad-length', { size })
}

function requireOptions({ key, salt, personalisation }: Blake2bOptions): void {
  if (key !== undefined && (key.length < 1 || key.length > 64)) {
    throw new CryptoError('crypto.bad-length', { key: key.length })
  }
  if (salt !== undefined) requireLength(salt, 16)
  if (personalisation !== undefined) requireLength(personalisation, 16)
}
