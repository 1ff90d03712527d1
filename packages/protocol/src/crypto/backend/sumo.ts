import sodium from 'libsodium-wrappers-sumo'
import type { Backend, HashState, SecretStreamState } from './backend.ts'

// The functions of this module are synchronous; the one wait is for the wasm module itself.
await sodium.ready

/** The parts of the emscripten module that the typed wrapper does not offer. */
interface RawSodium {
  _malloc(size: number): number
  _free(address: number): void
  readonly HEAPU8: Uint8Array
  /** The length of the message goes in two halves, the low one first. */
  _crypto_generichash(
    out: number,
    outLength: number,
    message: number,
    lengthLow: number,
    lengthHigh: 0,
    key: number,
    keyLength: number,
  ): number
  _crypto_generichash_blake2b_init_salt_personal(
    state: number,
    key: number,
    keyLength: number,
    outLength: number,
    salt: number,
    personal: number,
  ): number
  /** 64-bit lengths go in two halves, the low one first; 0 stands for no additional data. */
  _crypto_secretstream_xchacha20poly1305_push(
    state: number,
    out: number,
    outLength: 0,
    message: number,
    lengthLow: number,
    lengthHigh: 0,
    additional: 0,
    additionalLow: 0,
    additionalHigh: 0,
    tag: number,
  ): number
  _crypto_secretstream_xchacha20poly1305_pull(
    state: number,
    out: number,
    outLength: 0,
    tag: number,
    sealed: number,
    lengthLow: number,
    lengthHigh: 0,
    additional: 0,
    additionalLow: 0,
    additionalHigh: 0,
  ): number
}
const raw = (sodium as unknown as { readonly libsodium: RawSodium }).libsodium

/** Size of libsodium's BLAKE2b state, rounded up to its alignment. */
const STATE_BYTES = 384

/** BLAKE2b of parts that are copied once, next to each other; to join them for the wrapper takes twice as long. */
export function blake2b(size: number, parts: readonly Uint8Array[], key: Uint8Array | undefined): Uint8Array {
  const room = new Room()
  const keyLength = key?.length ?? 0
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const out = room.reserve(size + keyLength + length)
  const message = out + size + keyLength
  raw.HEAPU8.set(key ?? [], out + size)
  let end = message
  for (const part of parts) {
    raw.HEAPU8.set(part, end)
    end += part.length
  }
  const result = raw._crypto_generichash(out, size, message, length, 0, keyLength === 0 ? 0 : out + size, keyLength)
  const hash = raw.HEAPU8.slice(out, out + size)
  room.free()
  if (result !== 0) throw new Error('BLAKE2b failed')
  return hash
}

/** BLAKE2b in pieces with key, salt and personalisation. */
export function createBlake2b(
  size: number,
  key: Uint8Array | undefined,
  salt: Uint8Array | undefined,
  personalisation: Uint8Array | undefined,
): HashState {
  const plain = salt === undefined && personalisation === undefined
  const state = plain ? sodium.crypto_generichash_init(key ?? null, size) : fullState()
  return {
    update: piece => sodium.crypto_generichash_update(state, piece),
    finish: () => sodium.crypto_generichash_final(state, size), // frees the state
  }

  function fullState(): ReturnType<typeof sodium.crypto_generichash_init> {
    const address = raw._malloc(STATE_BYTES)
    const inputs = raw._malloc(16 + 16 + 64)
    raw.HEAPU8.fill(0, inputs, inputs + 32)
    raw.HEAPU8.set(salt ?? [], inputs)
    raw.HEAPU8.set(personalisation ?? [], inputs + 16)
    raw.HEAPU8.set(key ?? [], inputs + 32)
    const keyLength = key?.length ?? 0
    const result = raw._crypto_generichash_blake2b_init_salt_personal(
      address,
      keyLength === 0 ? 0 : inputs + 32,
      keyLength,
      size,
      inputs,
      inputs + 16,
    )
    raw.HEAPU8.fill(0, inputs, inputs + 96)
    raw._free(inputs)
    if (result !== 0) throw new Error('BLAKE2b could not be started')
    return address as unknown as ReturnType<typeof sodium.crypto_generichash_init>
  }
}

/**
 * A secretstream state in wasm memory, which this object owns, with room for one chunk. A chunk is copied in, transformed
 * where it lies and copied out; the wrapper would take memory for each and copy once more.
 */
export function createSecretStream(key: Uint8Array, header: Uint8Array): SecretStreamState {
  const state = sodium.crypto_secretstream_xchacha20poly1305_init_pull(header, key) as unknown as number
  const room = new Room()
  let open = true
  return {
    push: (plaintext, tag, out = new Uint8Array(plaintext.length + OVERHEAD)) => {
      const sealedAt = room.reserve(out.length)
      raw.HEAPU8.set(plaintext, sealedAt + 1)
      const { length } = plaintext
      raw._crypto_secretstream_xchacha20poly1305_push(state, sealedAt, 0, sealedAt + 1, length, 0, 0, 0, 0, tag)
      out.set(raw.HEAPU8.subarray(sealedAt, sealedAt + out.length))
      return out
    },
    pull: (sealed, out = new Uint8Array(sealed.length - OVERHEAD)) => {
      const { length } = sealed
      const sealedAt = room.reserve(length + 1)
      const tagAt = sealedAt + length
      raw.HEAPU8.set(sealed, sealedAt)
      const opened = sealedAt + 1
      const result = raw._crypto_secretstream_xchacha20poly1305_pull(
        state,
        opened,
        0,
        tagAt,
        sealedAt,
        length,
        0,
        0,
        0,
        0,
      )
      if (result !== 0) return undefined
      out.set(raw.HEAPU8.subarray(opened, opened + out.length))
      return { plaintext: out, tag: raw.HEAPU8[tagAt] ?? 0 }
    },
    close: () => {
      if (!open) return
      open = false
      room.free()
      raw.HEAPU8.fill(0, state, state + sodium.crypto_secretstream_xchacha20poly1305_KEYBYTES + 20)
      raw._free(state)
    },
  }
}

/** The tag of a chunk stands encrypted in front of it, the MAC behind it. */
const OVERHEAD = 17

/** Wasm memory that grows to the largest size asked for. */
class Room {
  #address = 0
  #size = 0

  /** What was there before is lost. */
  reserve(size: number): number {
    if (size > this.#size) {
      this.free()
      this.#address = raw._malloc(size)
      if (this.#address === 0) throw new Error('there is no memory left')
      this.#size = size
    }
    return this.#address
  }

  /** Plaintext may lie there. */
  free(): void {
    raw.HEAPU8.fill(0, this.#address, this.#address + this.#size)
    raw._free(this.#address)
    this.#address = 0
    this.#size = 0
  }
}

/** What only this library has, on every platform: products of scalars, and the KEMs with given randomness. */
export const sumoOnly: Pick<
  Backend,
  | 'scalarMultiply'
  | 'mlKem768KeyPair'
  | 'mlKem768Encapsulate'
  | 'mlKem768Decapsulate'
  | 'xWingPublicKey'
  | 'xWingEncapsulate'
  | 'xWingDecapsulate'
> = {
  scalarMultiply: (a, b) => sodium.crypto_core_ed25519_scalar_mul(a, b),
  mlKem768KeyPair: seed => {
    const { publicKey, privateKey } = sodium.crypto_kem_mlkem768_seed_keypair(seed)
    return { publicKey, secretKey: privateKey }
  },
  mlKem768Encapsulate: (publicKey, random) =>
    orUndefined(() => sodium.crypto_kem_mlkem768_enc_deterministic(publicKey, random)),
  mlKem768Decapsulate: (secretKey, ciphertext) => sodium.crypto_kem_mlkem768_dec(ciphertext, secretKey),
  xWingPublicKey: secretKey => sodium.crypto_kem_xwing_seed_keypair(secretKey).publicKey,
  xWingEncapsulate: (publicKey, random) =>
    orUndefined(() => sodium.crypto_kem_xwing_enc_deterministic(publicKey, random)),
  xWingDecapsulate: (secretKey, ciphertext) => orUndefined(() => sodium.crypto_kem_xwing_dec(ciphertext, secretKey)),
}

/** The wrapper throws where C returns −1; lengths were checked before, so it means bad data from outside. */
export function orUndefined<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}

export { sodium }
