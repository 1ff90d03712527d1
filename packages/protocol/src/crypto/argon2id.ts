import { backend } from '#backend'
import { CryptoError, requireLength } from './crypto-error.ts'

/** How much work one guess of a password costs. Spec 10 §8, spec 70 §7. */
export interface Argon2idCost {
  /** Passes over the memory, 1 to 16. */
  readonly passes: number
  /** Memory in bytes, 8 KiB to 1 GiB. */
  readonly memoryBytes: number
}

/**
 * Argon2id version 1.3, one lane: a key of `size` (16 to 64) bytes from a password and a 16-byte salt. Blocks for as
 * long as the cost asks; run it in a worker where someone waits. Spec 10 §8, spec 70 §7.
 * @throws {CryptoError} `crypto.bad-length`, `crypto.bad-parameters`
 */
export function argon2id(size: number, password: Uint8Array, salt: Uint8Array, cost: Argon2idCost): Uint8Array {
  requireLength(salt, 16)
  const { passes, memoryBytes } = cost
  const sizeOk = Number.isInteger(size) && size >= 16 && size <= 64
  const passesOk = Number.isInteger(passes) && passes >= 1 && passes <= 16
  const memoryOk = Number.isInteger(memoryBytes) && memoryBytes >= 8192 && memoryBytes <= 2 ** 30
  if (!sizeOk || !passesOk || !memoryOk) throw new CryptoError('crypto.bad-parameters', { size, passes, memoryBytes })
  return backend.argon2id(size, password, salt, passes, memoryBytes)
}
