import { argon2id, type Argon2idCost, SymmetricKey, wipeBytes } from '@sotto/protocol/crypto'
import { AccountsError } from './accounts-error.ts'

/** Turns a passphrase into 32 bytes by Argon2id, in this thread or in another one. The result is the caller's to wipe. */
export type PassphraseHash = (passphrase: Uint8Array, salt: Uint8Array, cost: Argon2idCost) => Promise<Uint8Array>

/** Works in this thread, and blocks it meanwhile. */
export const hashPassphraseHere: PassphraseHash = async (passphrase, salt, cost) => argon2id(32, passphrase, salt, cost)

/** What a guess must cost at least: no less than `floor`, and no less than `minimumMs` on this machine. */
export interface PassphrasePolicy {
  readonly floor: Argon2idCost
  readonly minimumMs: number
}

const mebibyte = 1024 * 1024

/** Spec 70, amendments: three passes and 250 ms everywhere; 256 MiB where a program of one's own runs. */
export const nodePassphrasePolicy: PassphrasePolicy = {
  floor: { passes: 3, memoryBytes: 256 * mebibyte },
  minimumMs: 250,
}

/** A browser gives less memory: 64 MiB. */
export const webPassphrasePolicy: PassphrasePolicy = {
  floor: { passes: 3, memoryBytes: 64 * mebibyte },
  minimumMs: 250,
}

const most: Argon2idCost = { passes: 16, memoryBytes: 1024 * mebibyte }

/** Whether a header may ask for this cost. Spec 70 §6.1: bounds before work. */
export function isBearableCost({ passes, memoryBytes }: Argon2idCost): boolean {
  const memoryOk = Number.isSafeInteger(memoryBytes) && memoryBytes >= 8192 && memoryBytes <= most.memoryBytes
  return memoryOk && Number.isSafeInteger(passes) && passes >= 1 && passes <= most.passes
}

/**
 * Refuses what cannot be a passphrase.
 * @throws {AccountsError} `account.bad-passphrase`
 */
export function checkPassphrase(passphrase: Uint8Array): void {
  const { length } = passphrase
  if (length === 0 || length > 1024) throw new AccountsError('account.bad-passphrase', { length })
}

/** The key that a passphrase gives, at a known cost. */
export async function passphraseKey(
  hash: PassphraseHash,
  passphrase: Uint8Array,
  salt: Uint8Array,
  cost: Argon2idCost,
): Promise<SymmetricKey> {
  checkPassphrase(passphrase)
  const bytes = await hash(passphrase, salt, cost)
  try {
    return new SymmetricKey(bytes)
  } finally {
    wipeBytes(bytes)
  }
}

/** A key, and the cost at which it was made. */
export interface CalibratedKey {
  readonly key: SymmetricKey
  readonly cost: Argon2idCost
}

/** The key that a passphrase gives, at a cost found by trying: from the floor upwards until it takes long enough here. */
export async function calibratedPassphraseKey(
  hash: PassphraseHash,
  passphrase: Uint8Array,
  salt: Uint8Array,
  policy: PassphrasePolicy,
  clock: { monotonic(): number },
): Promise<CalibratedKey> {
  let cost = policy.floor
  for (;;) {
    const start = clock.monotonic()
    const key = await passphraseKey(hash, passphrase, salt, cost)
    const tookMs = clock.monotonic() - start
    const higher = raised(cost, policy.minimumMs / Math.max(tookMs, 1))
    if (tookMs >= policy.minimumMs || higher === undefined) return { key, cost }
    key.wipe()
    cost = higher
  }
}

/** More passes first, then more memory; `undefined` at the upper bound. */
function raised({ passes, memoryBytes }: Argon2idCost, factor: number): Argon2idCost | undefined {
  if (passes < most.passes) {
    return { passes: Math.min(most.passes, Math.max(passes + 1, Math.ceil(passes * factor))), memoryBytes }
  }
  if (memoryBytes >= most.memoryBytes) return undefined
  return { passes, memoryBytes: Math.min(most.memoryBytes, memoryBytes * 2) }
}
