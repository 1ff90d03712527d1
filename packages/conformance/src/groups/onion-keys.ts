import { X25519KeyPair, X25519SecretKey } from '@sotto/protocol/crypto'
import type { CaseReader } from '../case-reader.ts'

/** Reads a secret key and compares the public one that belongs to it. */
export function keyPair(c: CaseReader, secret: string, publicKey: string): X25519KeyPair {
  const pair = new X25519KeyPair(new X25519SecretKey(c.hex(secret)))
  c.expectHex(publicKey, pair.publicKey)
  return pair
}
