import {
  type AccountId,
  type AccountSeed,
  createAccountSeed,
  decodeRecoveryPhrase,
  deriveAccountKeys,
  parseDisplayName,
} from '@sotto/protocol/account'
import { type RandomBytes } from '@sotto/protocol/crypto'
import { ClientError } from '../engine/client-error.ts'
import { journalOf, recordDecision } from '../engine/journal.ts'
import { type Store } from '../store/store.ts'

/**
 * Makes an account in an empty store. `name` is 1 to 100 bytes when trimmed; `now` is Unix ms. Spec 10 §1.4.
 * @throws {NameError} `name.empty`, `name.too-long`
 * @throws {ClientError} `client.account-exists`
 */
export function createAccount(store: Store, name: string, random: RandomBytes, now: number): AccountId {
  const parsed = parseDisplayName(name)
  return keepAccount(store, createAccountSeed(random), { origin: 'created', name: parsed, now })
}

/**
 * Brings an account back from its recovery phrase into an empty store. Without a name it has none until one is chosen or comes
 * from the network. `now` is Unix ms.
 * @throws {PhraseError} those of `decodeRecoveryPhrase`
 * @throws {NameError} `name.empty`, `name.too-long`
 * @throws {ClientError} `client.account-exists`
 */
export function restoreAccount(store: Store, phrase: string, name: string | undefined, now: number): AccountId {
  const parsed = name === undefined ? undefined : parseDisplayName(name)
  return keepAccount(store, decodeRecoveryPhrase(phrase), { origin: 'restored', name: parsed, now })
}

interface NewAccount {
  readonly origin: 'created' | 'restored'
  readonly name: string | undefined
  readonly now: number
}

function keepAccount(store: Store, seed: AccountSeed, { origin, name, now }: NewAccount): AccountId {
  const { accountId } = deriveAccountKeys(seed)
  const nowSeconds = Math.floor(now / 1000)
  store.write(tx => {
    if (tx.get('SELECT 1 FROM account') !== undefined) throw new ClientError('client.account-exists')
    const sql = 'INSERT INTO account (id, account_id, seed, origin, created_at) VALUES (1, ?, ?, ?, ?)'
    tx.run(sql, accountId, Uint8Array.from(seed.expose()), origin, now)
    const updatedAt = name === undefined ? 0 : nowSeconds
    tx.run('INSERT INTO profile (id, name, updated_at_seconds) VALUES (1, ?, ?)', name ?? null, updatedAt)
    if (name === undefined) return
    recordDecision(tx, { namespace: journalOf.userProfile, subject: '', field: 'n', value: name }, now)
  })
  seed.wipe()
  return accountId
}
