import sodium from 'libsodium-wrappers-sumo'
import type { Backend, HashState, SecretStreamState } from './backend.ts'

// The functions of this module are synchronous; the one wait is for the wasm module itself.
await sodium.ready

/** The parts of the emscripten module that the typed wrapper does not offer. */
interface RawSodium {
  _malloc(size: number): number
  _free(address: number): void
  readonly HEAPU8: Uint8Array
  _crypto_generichash_blake2b_init_salt_personal(
    state: number,
    key: number,
    keyLength: number,
    outLength: number,
    salt: number,
    personal: number,
  ): number
}
const raw = (sodium as unknown as { readonly libsodium: RawSodium }).libsodium

/** Size of libsodium's BLAKE2b state, rounded up to its alignment. */
const STATE_BYTES = 384

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

/** A secretstream state in wasm memory, which this object owns. */
export function createSecretStream(key: Uint8Array, header: Uint8Array): SecretStreamState {
  const state = sodium.crypto_secretstream_xchacha20poly1305_init_pull(header, key)
  let open = true
  return {
    push: (plaintext, tag, out) =>
      into(out, sodium.crypto_secretstream_xchacha20poly1305_push(state, plaintext, null, tag)),
    pull: (sealed, out) => {
      const pulled = sodium.crypto_secretstream_xchacha20poly1305_pull(state, sealed, null)
      return pulled === false ? undefined : { plaintext: into(out, pulled.message), tag: pulled.tag }
    },
    close: () => {
      if (!open) return
      open = false
      const address = state as unknown as number
      raw.HEAPU8.fill(0, address, address + sodium.crypto_secretstream_xchacha20poly1305_KEYBYTES + 20)
      raw._free(address)
    },
  }
}

/** The wrapper makes its own arrays. */
function into(out: Uint8Array | undefined, result: Uint8Array): Uint8Array {
  out?.set(result)
  return out ?? result
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
