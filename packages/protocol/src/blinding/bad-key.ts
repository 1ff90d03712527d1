import { CryptoError } from '../crypto/index.ts'
import { BlindingError } from './blinding-error.ts'

/**
 * Runs a step of the curve that fails only when a key from outside is no point of the main subgroup.
 * @throws {BlindingError} `blinding.bad-key` then
 */
export function refuseBadKey<T>(run: () => T): T {
  try {
    return run()
  } catch (cause) {
    if (cause instanceof CryptoError) throw new BlindingError('blinding.bad-key', {}, { cause })
    throw cause
  }
}
