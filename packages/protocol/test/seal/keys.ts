import { type AccountKeys, formatAccountId } from '../../src/account/index.ts'
import {
  Ed25519KeyPair,
  ed25519KeyPairToX25519,
  Ed25519Seed,
  X25519KeyPair,
  X25519SecretKey,
} from '../../src/crypto/index.ts'
import { decodeHex } from '../../src/encoding/index.ts'

/** The keys of an account from all 32 bytes of its seed, in hex. */
export function keysOf(seedHex: string): AccountKeys {
  const ed25519 = new Ed25519KeyPair(new Ed25519Seed(decodeHex(seedHex)))
  const x25519 = ed25519KeyPairToX25519(ed25519)
  return { ed25519, x25519, accountId: formatAccountId(x25519.publicKey) }
}

/** A key pair whose secret key is one byte, 32 times. */
export function pairOf(byte: number): X25519KeyPair {
  return new X25519KeyPair(new X25519SecretKey(new Uint8Array(32).fill(byte)))
}

export const alice = keysOf('0123456789abcdef0123456789abcdef'.padEnd(64, '0'))
export const bob = keysOf('00112233445566778899aabbccddeeff'.padEnd(64, '0'))
export const carol = keysOf('cc'.repeat(16).padEnd(64, '0'))
