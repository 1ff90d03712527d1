import { backend } from '#backend'
import { concatBytes } from '../encoding/index.ts'
import { CryptoError, requireLength } from './crypto-error.ts'
import type { SymmetricKey } from './secret.ts'

const BLOCK = 16

/**
 * A transformation of a stream of bytes, piece by piece: what has become ready comes back from each call.
 * No spec: how data in pieces is handled is ours.
 */
export interface CipherStream {
  /** Output that is ready, possibly none. */
  update(piece: Uint8Array): Uint8Array
  /** The rest. May be called once.
   * @throws {CryptoError} `crypto.stream-ended`, `crypto.bad-padding`, `crypto.bad-length` */
  finish(): Uint8Array
}

/**
 * AES-256-CBC with PKCS#7 padding. It says nothing about who wrote the data: check a MAC before. Spec 10 §6.2.
 * @throws {CryptoError} `crypto.bad-length` for an IV that is not 16 bytes
 */
export function createAes256CbcEncryptor(key: SymmetricKey, iv: Uint8Array): CipherStream {
  return new CbcStream(key, iv, true)
}

/**
 * Undoes `createAes256CbcEncryptor`. `finish` checks the padding. Spec 10 §6.2.
 * @throws {CryptoError} `crypto.bad-length` for an IV that is not 16 bytes
 */
export function createAes256CbcDecryptor(key: SymmetricKey, iv: Uint8Array): CipherStream {
  return new CbcStream(key, iv, false)
}

/** Whole blocks pass at once; a decryptor keeps the last block back, because only the end tells where padding is. */
class CbcStream implements CipherStream {
  readonly #key: SymmetricKey
  readonly #encrypting: boolean
  #iv: Uint8Array
  #held: Uint8Array = new Uint8Array(0)
  #ended = false

  constructor(key: SymmetricKey, iv: Uint8Array, encrypting: boolean) {
    requireLength(iv, BLOCK)
    this.#key = key
    this.#iv = Uint8Array.from(iv)
    this.#encrypting = encrypting
  }

  update(piece: Uint8Array): Uint8Array {
    if (this.#ended) throw new CryptoError('crypto.stream-ended')
    const data = this.#held.length === 0 ? piece : concatBytes(this.#held, piece)
    const kept = this.#encrypting ? data.length % BLOCK : data.length === 0 ? 0 : ((data.length - 1) % BLOCK) + 1
    this.#held = data.slice(data.length - kept)
    return this.#transform(data.subarray(0, data.length - kept))
  }

  finish(): Uint8Array {
    if (this.#ended) throw new CryptoError('crypto.stream-ended')
    this.#ended = true
    if (this.#encrypting) return this.#transform(padBlock(this.#held))
    requireLength(this.#held, BLOCK)
    return unpadBlock(this.#transform(this.#held))
  }

  #transform(blocks: Uint8Array): Uint8Array {
    if (blocks.length === 0) return new Uint8Array(0)
    const result = this.#encrypting
      ? backend.aes256cbcEncryptBlocks(this.#key.expose(), this.#iv, blocks)
      : backend.aes256cbcDecryptBlocks(this.#key.expose(), this.#iv, blocks)
    this.#iv = (this.#encrypting ? result : blocks).slice(-BLOCK)
    return result
  }
}

function padBlock(rest: Uint8Array): Uint8Array {
  const block = new Uint8Array(BLOCK).fill(BLOCK - rest.length)
  block.set(rest)
  return block
}

function unpadBlock(block: Uint8Array): Uint8Array {
  const count = block[BLOCK - 1] ?? 0
  if (count < 1 || count > BLOCK) throw new CryptoError('crypto.bad-padding')
  for (let at = BLOCK - count; at < BLOCK; at += 1) {
    if (block[at] !== count) throw new CryptoError('crypto.bad-padding')
  }
  return block.slice(0, BLOCK - count)
}
