import { MAX_REVOCATIONS, type SubaccountToken } from '@sotto/protocol/storage'
import { NodeStoreError } from '../node-store-error.ts'
import { type Connection, type Statement } from '../sql/connection.ts'
import { type Totals } from './totals.ts'

/** The latest word on a token. */
export interface Word {
  readonly token: SubaccountToken
  /** Unix ms, as signed. */
  readonly changed: number
  readonly revoked: boolean
}

/** How many of the oldest revocations are looked at for one that may go. */
const EVICTION_REACH = 64

/**
 * The latest word on each token; of two at the same time the revocation holds, so that all members come to the same. The fifty
 * newest of each kind are kept for an account, with or without messages. Spec 20 §3.12, trap 10, spec 70, X4.
 */
export class RevocationTable {
  readonly #totals: Totals
  readonly #max: number
  readonly #find: Statement<{ changed: number; revoked: number }>
  readonly #put: Statement<never>
  readonly #excess: Statement<{ token: Uint8Array }>
  readonly #evictable: Statement<{ owner: number; token: Uint8Array }>
  readonly #remove: Statement<never>
  readonly #forget: Statement<never>

  constructor(connection: Connection, totals: Totals, max: number) {
    this.#totals = totals
    this.#max = max
    this.#find = connection.prepare('SELECT changed, revoked FROM revocations WHERE owner = ? AND token = ?')
    this.#put = connection.prepare(
      `INSERT INTO revocations (owner, token, changed, revoked) VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET changed = excluded.changed, revoked = excluded.revoked`,
    )
    this.#excess = connection.prepare(
      `SELECT token FROM revocations WHERE owner = ? AND revoked = ?
        ORDER BY changed DESC, token DESC LIMIT -1 OFFSET ${MAX_REVOCATIONS}`,
    )
    this.#evictable = connection.prepare(
      `SELECT owner, token FROM (SELECT owner, token, changed FROM revocations ORDER BY changed LIMIT ${EVICTION_REACH})
        AS old WHERE NOT EXISTS (SELECT 1 FROM boxes WHERE owner = old.owner) ORDER BY changed LIMIT 1`,
    )
    this.#remove = connection.prepare('DELETE FROM revocations WHERE owner = ? AND token = ?')
    this.#forget = connection.prepare(
      'DELETE FROM revocations WHERE owner = ? AND token IN (SELECT token FROM revocations WHERE owner = ? LIMIT ?)',
    )
  }

  /**
   * Takes in what is newer than what is known. Answers how many tokens became revoked, or free again.
   * @throws {NodeStoreError} `node-store.full`
   */
  merge(owner: number, words: readonly Word[]): number {
    const changes = words.map(word => this.#mergeOne(owner, word))
    for (const revoked of [0, 1]) {
      for (const { token } of this.#excess.all([owner, revoked])) this.#drop(owner, token)
    }
    return changes.filter(Boolean).length
  }

  #mergeOne(owner: number, { token, changed, revoked }: Word): boolean {
    const known = this.#find.get([owner, token])
    const isNewer = known === undefined || changed > known.changed || (changed === known.changed && revoked)
    if (!isNewer) return false
    if (known === undefined) this.#makeRoom()
    this.#put.run([owner, token, changed, revoked ? 1 : 0])
    return revoked !== (known?.revoked === 1)
  }

  /** Accounts that have messages keep what they have. */
  #makeRoom(): void {
    if (this.#totals.read().revocations >= this.#max) {
      const oldest = this.#evictable.get()
      if (oldest === undefined) throw new NodeStoreError('node-store.full')
      this.#drop(oldest.owner, oldest.token)
    }
    this.#totals.add({ revocations: 1 })
  }

  #drop(owner: number, token: Uint8Array): void {
    this.#totals.add({ revocations: -this.#remove.run([owner, token]) })
  }

  /** Drops up to `count` of an account, whatever they say. Answers how many. */
  forget(owner: number, count: number): number {
    const gone = this.#forget.run([owner, owner, count])
    if (gone > 0) this.#totals.add({ revocations: -gone })
    return gone
  }
}
