import { type AccountId, encodeRecoveryPhrase, parseDisplayName } from '@sotto/protocol/account'
import { encodeHex } from '@sotto/protocol/encoding'
import { type WatchState } from '@sotto/network'
import { command, type CommandTable, noArguments, query, type QueryTable } from '../engine/calls.ts'
import { CONNECTION_TOPIC } from '../engine/context.ts'
import { type Feature } from '../engine/feature.ts'
import { journalOf, recordDecision } from '../engine/journal.ts'
import { numberOf, optionalNumber } from '../store/columns.ts'
import { type Reader } from '../store/store.ts'
import { readOrigin, readSeed } from './account-row.ts'
import { ownProfile } from './own-profile.ts'

/** Who this is. */
export interface AccountView {
  readonly id: AccountId
  /** `undefined` for an account that was restored and has not been named since. */
  readonly name: string | undefined
  readonly origin: 'created' | 'restored'
  /** Unix ms: on this device. */
  readonly createdAt: number
}

/** How this device is connected, and what waits. */
export interface ConnectionView extends WatchState {
  /** What waits to be sent. */
  readonly queued: number
  /** Unix ms of the network; `undefined` while something is being sent, or nothing waits. */
  readonly nextSendAt: number | undefined
}

/** What is done with the own account. */
export interface AccountCommands {
  /** 1 to 100 bytes when trimmed. Others learn it with the next message to them. */
  'account.set-name'(args: { name: string }): void
  /** The 13 words that the account can be restored from: whoever has them has the account. */
  'account.recovery-phrase'(): string
  /** The same as 32 hex digits, for a QR code. Spec 50 §9.8. */
  'account.recovery-seed'(): string
}

/** What is asked about the own account. */
export interface AccountQueries {
  'account.get'(): AccountView
  'connection.get'(): ConnectionView
}

const commands: CommandTable<AccountCommands> = {
  'account.set-name': command(
    args => parseDisplayName(args.text('name', 1000)),
    (name, { store, time }) => {
      const now = time.now()
      store.write(tx => {
        // Others take only what is newer, and tell no two of one second apart.
        const sql = 'UPDATE profile SET name = ?, updated_at_seconds = max(updated_at_seconds + 1, ?)'
        tx.run(sql, name, Math.floor(now / 1000))
        recordDecision(tx, { namespace: journalOf.userProfile, subject: '', field: 'n', value: name }, now)
      })
    },
  ),
  'account.recovery-phrase': command(noArguments, (_, { store }) => {
    const seed = store.read(readSeed)
    const phrase = encodeRecoveryPhrase(seed)
    seed.wipe()
    return phrase
  }),
  'account.recovery-seed': command(noArguments, (_, { store }) => {
    const seed = store.read(readSeed)
    const digits = encodeHex(seed.expose())
    seed.wipe()
    return digits
  }),
}

const queries: QueryTable<AccountQueries> = {
  'account.get': query(noArguments, (_, reader, { own }) => viewAccount(reader, own)),
  'connection.get': query(noArguments, (_, reader, { connection }) => {
    reader.dependOn(CONNECTION_TOPIC)
    const sql = 'SELECT count(*) AS n, min(next_at) AS next_at FROM outbox WHERE failed = 0 AND copy = 0'
    const row = reader.get(sql) ?? { n: 0, next_at: null }
    const nextAt = optionalNumber(row, 'next_at') ?? 0
    return { ...connection(), queued: numberOf(row, 'n'), nextSendAt: nextAt === 0 ? undefined : nextAt }
  }),
}

/** The own account. */
export const accountFeature: Feature = { name: 'account', commands, queries }

function viewAccount(reader: Reader, own: AccountId): AccountView {
  const { createdAt, restored } = readOrigin(reader)
  return { id: own, name: ownProfile(reader)?.name, origin: restored ? 'restored' : 'created', createdAt }
}
