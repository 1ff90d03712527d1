import {
  nonce24,
  type RandomBytes,
  tryXchacha20poly1305Open,
  wipeBytes,
  xchacha20poly1305Seal,
} from '@sotto/protocol/crypto'
import { type DeviceKeys } from './account-files.ts'
import { type AccountSlot } from './account-slot.ts'
import { AccountsError } from './accounts-error.ts'
import { DatabaseKey } from './database-key.ts'
import { type DeviceWrap, type KeyHeader, type PassphraseWrap } from './key-header.ts'
import {
  calibratedPassphraseKey,
  type PassphraseHash,
  passphraseKey,
  type PassphrasePolicy,
} from './passphrase-hash.ts'

/** What wrapping needs of its surroundings. */
export interface WrapPorts {
  readonly random: RandomBytes
  readonly clock: { monotonic(): number }
  readonly hash: PassphraseHash
  readonly policy: PassphrasePolicy
  readonly deviceKeys: DeviceKeys
}

/** Wraps a database key under a passphrase, or without one under a key of the device. */
export async function wrapKey(
  ports: WrapPorts,
  slot: AccountSlot,
  key: DatabaseKey,
  passphrase: Uint8Array | undefined,
): Promise<PassphraseWrap | DeviceWrap> {
  if (passphrase === undefined) return { kind: 'device', sealed: await ports.deviceKeys.wrap(slot, key) }
  const salt = ports.random(16)
  const nonce = nonce24(ports.random(24))
  const made = await calibratedPassphraseKey(ports.hash, passphrase, salt, ports.policy, ports.clock)
  const sealed = xchacha20poly1305Seal(made.key, nonce, key.expose())
  made.key.wipe()
  return { kind: 'passphrase', cost: made.cost, salt, nonce, sealed }
}

/**
 * Takes the database key out of a header. There is no cheaper way to test a passphrase than this. Spec 70 §7, C5.
 * @throws {AccountsError} `account.wrong-passphrase`, `account.passphrase-needed`, `account.bad-passphrase`,
 * `account.no-wrapping-key`
 */
export async function unwrapKey(
  ports: WrapPorts,
  slot: AccountSlot,
  { wrap }: KeyHeader,
  passphrase: Uint8Array | undefined,
): Promise<DatabaseKey> {
  if (wrap.kind === 'passphrase') return openWithPassphrase(ports.hash, wrap, passphrase)
  const key = await ports.deviceKeys.unwrap(slot, wrap.sealed)
  if (key === undefined) throw new AccountsError('account.no-wrapping-key')
  return key
}

async function openWithPassphrase(
  hash: PassphraseHash,
  { salt, nonce, cost, sealed }: PassphraseWrap,
  passphrase: Uint8Array | undefined,
): Promise<DatabaseKey> {
  if (passphrase === undefined) throw new AccountsError('account.passphrase-needed')
  const wrapping = await passphraseKey(hash, passphrase, salt, cost)
  const bytes = tryXchacha20poly1305Open(wrapping, nonce, sealed)
  wrapping.wipe()
  if (bytes === undefined) throw new AccountsError('account.wrong-passphrase')
  try {
    return new DatabaseKey(bytes)
  } finally {
    wipeBytes(bytes)
  }
}
