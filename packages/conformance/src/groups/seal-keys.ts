import { type AccountKeys, formatAccountId } from '@sotto/protocol/account'
import { Ed25519KeyPair, ed25519KeyPairToX25519, Ed25519Seed } from '@sotto/protocol/crypto'
import type { CaseReader } from '../case-reader.ts'

/** The keys of an account. */
export type SeedKeys = AccountKeys

/** Those that grow from all 32 bytes of a seed. */
export function keysOfSeed(seed: Uint8Array): SeedKeys {
  const ed25519 = new Ed25519KeyPair(new Ed25519Seed(seed))
  const x25519 = ed25519KeyPairToX25519(ed25519)
  return { ed25519, x25519, accountId: formatAccountId(x25519.publicKey) }
}

/** Those of the seed that a member holds in hex. */
export function keysIn(c: CaseReader, name: string): SeedKeys {
  return keysOfSeed(c.hex(name))
}
