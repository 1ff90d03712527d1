import { encodeBase64 } from '@sotto/protocol/encoding'
import { type NodeId } from '@sotto/protocol/swarm'
import { type NodeStore } from '../../store/port/node-store.ts'
import { type ExpiryRecord, type RevocationRecord, type TombstoneRecord } from '../../store/port/replica.ts'

/** What claims need. */
export interface MarkClaimsParts {
  readonly store: NodeStore
  /** How many members the swarm has, this node among them. */
  readonly swarmSize: () => number
  /** How many claims are remembered; then the oldest are forgotten. */
  readonly maxClaims: number
  /** Tokens of accounts were revoked here. */
  readonly onRevoked: (record: RevocationRecord) => void
}

/**
 * Deletions, revocations and changed ends that members tell of without the owner's signature. The signed requests themselves wait in queues
 * for whoever missed them; these marks are for those who were not members then. One liar could delete with them, so they are
 * applied only when so many members say the same that one of them must be honest: more than any minority. Spec 70, X7, G4.
 */
export class MarkClaims {
  readonly #parts: MarkClaimsParts
  readonly #claims = new Map<string, Set<NodeId>>()

  constructor(parts: MarkClaimsParts) {
    this.#parts = parts
  }

  /** A member says these. The caller has looked at accounts and times. */
  async claim(
    member: NodeId,
    tombstones: readonly TombstoneRecord[],
    revocations: readonly RevocationRecord[],
    now: number,
  ): Promise<void> {
    const { store, onRevoked } = this.#parts
    const deleted = tombstones.filter(({ owner, hash }) => this.#count(`${owner}${hash}`, member))
    const changed = revocations.filter(record => this.#count(keyOfRevocation(record), member))
    if (deleted.length > 0) await store.applyTombstones(deleted, now)
    if (changed.length === 0) return
    await store.applyRevocations(changed)
    for (const record of changed) if (record.revoked) onRevoked(record)
  }

  /** A member has these ends for messages that are here with others. */
  async claimExpiries(member: NodeId, records: readonly ExpiryRecord[], now: number): Promise<void> {
    const { store } = this.#parts
    const proven = records.filter(record => this.#count(keyOfExpiry(record), member))
    if (proven.length > 0) await store.mergeExpiries(proven, true, now)
    if (proven.length < records.length) await store.mergeExpiries(records, false, now)
  }

  /** Whether enough members say so now; then it is forgotten, because the store knows it. */
  #count(key: string, member: NodeId): boolean {
    const members = this.#claims.get(key) ?? new Set<NodeId>()
    members.add(member)
    if (members.size >= this.#needed()) {
      this.#claims.delete(key)
      return true
    }
    this.#claims.set(key, members)
    if (this.#claims.size > this.#parts.maxClaims) {
      const [oldest] = this.#claims.keys()
      if (oldest !== undefined) this.#claims.delete(oldest)
    }
    return false
  }

  /** One more than can be dishonest while most are honest. */
  #needed(): number {
    return Math.floor((this.#parts.swarmSize() - 1) / 2) + 1
  }
}

function keyOfExpiry({ owner, hash, expiry, edited }: ExpiryRecord): string {
  return `${owner}${hash}${expiry} ${edited}`
}

function keyOfRevocation({ owner, token, changed, revoked }: RevocationRecord): string {
  return `${owner}${encodeBase64(token)}${changed}${revoked}`
}
