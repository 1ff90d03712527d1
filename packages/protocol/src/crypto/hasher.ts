import type { HashState } from './backend/backend.ts'
import { CryptoError } from './crypto-error.ts'

/** Hashes data that arrives in pieces. No spec: how data in pieces is handled is ours. */
export interface Hasher {
  /** @throws {CryptoError} `crypto.stream-ended` after `finish` or `close` */
  update(piece: Uint8Array): void
  /** The hash. May be called once.
   * @throws {CryptoError} `crypto.stream-ended` when called again */
  finish(): Uint8Array
  /** Gives the backend's memory back; needed only when the hash is given up before `finish`. May be called again. */
  close(): void
}

/** Libraries differ in what a second `finish` does, from an empty hash to freed memory; here it is an error. */
export function guardHasher(state: HashState): Hasher {
  let open = true
  return {
    update: piece => {
      if (!open) throw new CryptoError('crypto.stream-ended')
      state.update(piece)
    },
    finish: () => {
      if (!open) throw new CryptoError('crypto.stream-ended')
      open = false
      return state.finish()
    },
    close: () => {
      if (!open) return
      open = false
      state.finish() // The one call that frees a state in every library.
    },
  }
}
