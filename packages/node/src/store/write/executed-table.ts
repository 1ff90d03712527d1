import { blake2b } from '@sotto/protocol/crypto'
import { type SwarmOwner, swarmOwnerBytes } from '@sotto/protocol/swarm'
import { TOMBSTONE_MS } from '../limits.ts'
import { type Connection, type Statement } from '../sql/connection.ts'
import { type Totals } from './totals.ts'

/** Signatures of deletes that were carried out: they carry no time, so a captured one would be good for ever. Spec 70, X2. */
export class ExecutedTable {
  readonly #totals: Totals
  readonly #max: number
  readonly #find: Statement<{ until: number }>
  readonly #insert: Statement<never>
  readonly #oldest: Statement<{ digest: Uint8Array; until: number }>
  readonly #remove: Statement<never>

  constructor(connection: Connection, totals: Totals, max: number) {
    this.#totals = totals
    this.#max = max
    this.#find = connection.prepare('SELECT until FROM executed WHERE digest = ? AND until > ?')
    this.#insert = connection.prepare('INSERT OR IGNORE INTO executed (digest, until) VALUES (?, ?)')
    this.#oldest = connection.prepare('SELECT digest, until FROM executed ORDER BY until LIMIT ?')
    this.#remove = connection.prepare('DELETE FROM executed WHERE digest = ?')
  }

  knows(owner: SwarmOwner, signature: Uint8Array, now: number): boolean {
    return this.#find.get([digestOf(owner, signature), now]) !== undefined
  }

  remember(owner: SwarmOwner, signature: Uint8Array, now: number): void {
    const digest = digestOf(owner, signature)
    this.#totals.add({ executed: -this.#remove.run([digest]) })
    this.#insert.run([digest, now + TOMBSTONE_MS])
    this.#totals.add({ executed: 1 })
  }

  /** Forgets up to `count` that are over, or too many. Answers how many. */
  prune(now: number, count: number): number {
    const excess = this.#totals.read().executed - this.#max
    const gone = this.#oldest.all([count]).filter(({ until }, at) => until <= now || at < excess)
    for (const { digest } of gone) this.#remove.run([digest])
    if (gone.length > 0) this.#totals.add({ executed: -gone.length })
    return gone.length
  }
}

function digestOf(owner: SwarmOwner, signature: Uint8Array): Uint8Array {
  return blake2b(16, swarmOwnerBytes(owner), signature)
}
