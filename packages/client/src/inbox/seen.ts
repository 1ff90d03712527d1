import { type AccountId } from '@sotto/protocol/account'
import { encodeHex } from '@sotto/protocol/encoding'
import { type MessageHash } from '@sotto/protocol/storage'
import { type Reader, type Tx } from '../store/store.ts'

/** Whether this hash need not be looked at any more. */
export function isSeen(reader: Reader, owner: AccountId, hash: MessageHash): boolean {
  return reader.get('SELECT 1 FROM seen WHERE owner = ? AND hash = ?', owner, hash) !== undefined
}

/** Remembers a hash until a time (Unix ms), or longer if it was to be remembered longer. */
export function markSeen(tx: Tx, owner: AccountId, hash: MessageHash, until: number): void {
  remember(tx, owner, hash, until)
}

/** What makes a message one and the same, whatever it was sealed in. */
export interface MessageIdentity {
  readonly sender: string
  readonly sentAt: number
  readonly digest: Uint8Array
}

/** Whether a message was here and was removed. Spec 70 §6.4. */
export function isBuried(reader: Reader, owner: AccountId, message: MessageIdentity): boolean {
  return reader.get('SELECT 1 FROM seen WHERE owner = ? AND hash = ?', owner, graveOf(message)) !== undefined
}

/** Keeps a removed message from coming back, sealed anew or from another device, until a time (Unix ms). */
export function bury(tx: Tx, owner: AccountId, message: MessageIdentity, until: number): void {
  remember(tx, owner, graveOf(message), until)
}

/** Forgets what was to be remembered until now. */
export function forgetSeen(tx: Tx, now: number): void {
  tx.run('DELETE FROM seen WHERE until < ?', now)
}

function remember(tx: Tx, owner: AccountId, key: string, until: number): void {
  tx.run(
    'INSERT INTO seen (owner, hash, until) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET until = max(until, excluded.until)',
    owner,
    key,
    until,
  )
}

/** No hash looks like this one. */
function graveOf({ sender, sentAt, digest }: MessageIdentity): string {
  return `${sender}.${sentAt}.${encodeHex(digest)}`
}
