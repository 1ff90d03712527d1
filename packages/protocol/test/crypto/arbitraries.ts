import fc from 'fast-check'
import {
  Ed25519KeyPair,
  Ed25519Seed,
  nonce12,
  nonce24,
  SymmetricKey,
  X25519KeyPair,
  X25519SecretKey,
} from '../../src/crypto/index.ts'

/** Exactly `size` bytes. */
export const bytesOf = (size: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: size, maxLength: size })
/** Up to `size` bytes. */
export const bytesUpTo = (size: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength: size })

export const symmetricKey = bytesOf(32).map(bytes => new SymmetricKey(bytes))
export const arbitraryNonce12 = bytesOf(12).map(nonce12)
export const arbitraryNonce24 = bytesOf(24).map(nonce24)
export const x25519Pair = bytesOf(32).map(bytes => new X25519KeyPair(new X25519SecretKey(bytes)))
export const ed25519Pair = bytesOf(32).map(bytes => new Ed25519KeyPair(new Ed25519Seed(bytes)))

/** A copy with one bit changed. */
export function flipBit(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  const index = Math.floor(at / 8) % copy.length
  copy[index] = (copy[index] ?? 0) ^ (1 << (at % 8))
  return copy
}
