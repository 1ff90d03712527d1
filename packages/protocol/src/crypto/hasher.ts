import { CryptoError } from './error.ts'

/** Hashes data that arrives in pieces. */
export interface Hasher {
  /** @throws {CryptoError} `crypto.stream-ended` after `finish` */
  update(piece: Uint8Array): void
  /** The hash. Must be called once, or memory of the backend stays taken.
   * @throws {CryptoError} `crypto.stream-ended` when called again */
  finish(): Uint8Array
}

/** Libraries differ in what a second `finish` does, from an empty hash to freed memory; here it is an error. */
export function guardHasher(hasher: Hasher): Hasher {
  let open = true
  return {
    update: piece => {
      if (!open) throw new CryptoError('crypto.stream-ended')
      hasher.update(piece)
    },
    finish: () => {
      if (!open) throw new CryptoError('crypto.stream-ended')
      open = false
      return hasher.finish()
    },
  }
}
