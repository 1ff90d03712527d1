import { backend } from '#backend'
import type { SecretStreamState } from './backend/backend.ts'
import { CryptoError, requireLength } from './crypto-error.ts'
import type { SymmetricKey } from './secret.ts'

/** Every chunk grows by this much: encrypted tag byte 1, MAC 16. Spec 10 §6.3. */
export const SECRET_STREAM_OVERHEAD = 17

/** libsodium's tags that are in use; others do not open. Spec 10 §6.3. */
export type SecretStreamTag = 'message' | 'final'

/** A chunk as it was sealed. Spec 10 §6.3. */
export interface SecretStreamChunk {
  readonly plaintext: Uint8Array
  readonly tag: SecretStreamTag
}

/**
 * libsodium's secretstream XChaCha20-Poly1305, sealing, with a given 24-byte header (libsodium draws it). The pair of key
 * and header must never serve two streams. Spec 10 §6.3.
 */
export class SecretStreamSealer {
  readonly #state: SecretStreamState
  #ended = false

  /** @throws {CryptoError} `crypto.bad-length` */
  constructor(key: SymmetricKey, header: Uint8Array) {
    requireLength(header, 24)
    this.#state = backend.createSecretStream(key.expose(), header)
  }

  /**
   * Seals one chunk; `final` ends the stream. The result is a fresh array or, for large data without copies, `out`: 17
   * bytes longer than the chunk, and apart from it in memory.
   * @throws {CryptoError} `crypto.stream-ended`, `crypto.bad-length`
   */
  seal(chunk: Uint8Array, tag: SecretStreamTag, out?: Uint8Array): Uint8Array {
    if (this.#ended) throw new CryptoError('crypto.stream-ended')
    if (out !== undefined) requireLength(out, chunk.length + SECRET_STREAM_OVERHEAD)
    const sealed = this.#state.push(chunk, tag === 'final' ? TAG_FINAL : TAG_MESSAGE, out)
    if (tag === 'final') this.close()
    return sealed
  }

  /** Gives the backend's memory back; needed only when the stream is given up before its final chunk. */
  close(): void {
    this.#ended = true
    this.#state.close()
  }
}

/** Opens what a `SecretStreamSealer` made, chunk by chunk and in order. Spec 10 §6.3. */
export class SecretStreamOpener {
  readonly #state: SecretStreamState
  #ended = false

  /** @throws {CryptoError} `crypto.bad-length` */
  constructor(key: SymmetricKey, header: Uint8Array) {
    requireLength(header, 24)
    this.#state = backend.createSecretStream(key.expose(), header)
  }

  /**
   * Opens the next chunk. After the final one the stream has ended. The plaintext is a fresh array or, for large data
   * without copies, `out`: 17 bytes shorter than the chunk, and apart from it in memory. What is in `out` after a chunk
   * that did not open means nothing.
   * @throws {CryptoError} `crypto.open-failed`, `crypto.stream-ended`, `crypto.bad-length`
   */
  open(sealed: Uint8Array, out?: Uint8Array): SecretStreamChunk {
    if (this.#ended) throw new CryptoError('crypto.stream-ended')
    if (out !== undefined) requireLength(out, sealed.length - SECRET_STREAM_OVERHEAD)
    const pulled = sealed.length < SECRET_STREAM_OVERHEAD ? undefined : this.#state.pull(sealed, out)
    if (pulled === undefined || (pulled.tag !== TAG_MESSAGE && pulled.tag !== TAG_FINAL)) {
      this.close()
      throw new CryptoError('crypto.open-failed', { length: sealed.length })
    }
    if (pulled.tag === TAG_FINAL) this.close()
    return { plaintext: pulled.plaintext, tag: pulled.tag === TAG_FINAL ? 'final' : 'message' }
  }

  /** Gives the backend's memory back; needed only when the stream is given up before its final chunk. */
  close(): void {
    this.#ended = true
    this.#state.close()
  }
}

const TAG_MESSAGE = 0
const TAG_FINAL = 3
