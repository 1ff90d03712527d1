import { Ed25519KeyPair, ed25519KeyPairToX25519, type X25519KeyPair } from '../crypto/index.ts'
import { type AccountSeed, padAccountSeed } from './account-seed.ts'
import { type AccountId, formatAccountId } from './account-id.ts'

/** What an account signs with, what it is written to with, and what it is called. Spec 10 §1.1. */
export interface AccountKeys {
  readonly ed25519: Ed25519KeyPair
  readonly x25519: X25519KeyPair
  readonly accountId: AccountId
}

/** All of them follow from the seed. Spec 10 §1.1. */
export function deriveAccountKeys(seed: AccountSeed): AccountKeys {
  const ed25519 = new Ed25519KeyPair(padAccountSeed(seed))
  const x25519 = ed25519KeyPairToX25519(ed25519)
  return { ed25519, x25519, accountId: formatAccountId(x25519.publicKey) }
}
