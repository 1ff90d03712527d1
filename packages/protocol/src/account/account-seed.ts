import { Ed25519Seed, ownMemory, type RandomBytes, Secret, wipeBytes } from '../crypto/index.ts'

/** The 16 bytes that an account grows from, and that its recovery phrase says. Spec 10 §1.1. */
export class AccountSeed extends Secret {
  override readonly kind = 'AccountSeed'

  /** @throws {CryptoError} `crypto.bad-length` */
  constructor(bytes: Uint8Array) {
    super(bytes, 16)
  }
}

/** Draws the seed of a new account. Spec 10 §1.1. */
export function createAccountSeed(random: RandomBytes): AccountSeed {
  const bytes = random(16)
  const seed = new AccountSeed(bytes)
  wipeBytes(bytes)
  return seed
}

/** Zeros follow the 16 bytes up to 32. Where formulas say "seed", they mean these 32 bytes. Spec 10 §1.1, traps. */
export function padAccountSeed(seed: AccountSeed): Ed25519Seed {
  const bytes = ownMemory(32)
  bytes.set(seed.expose())
  const padded = new Ed25519Seed(bytes)
  wipeBytes(bytes)
  return padded
}
