import { hashMessage, type MessageHash } from '@sotto/protocol/storage'
import { type NodeId } from '@sotto/protocol/swarm'
import { MessageStory } from './message-story.ts'
import { findReordered } from './order.ts'
import {
  type Box,
  type DeleteRecord,
  type ExpireRecord,
  type HistoryRecord,
  type ReadRecord,
  type StoreRecord,
  type Violation,
  type ViolationKind,
} from './records.ts'

/** What is promised in the network that was watched. */
export interface Promises {
  /** How many members must have confirmed a message for it to be kept by the swarm: 1 if every member comes back. */
  readonly accepted: number
  /** How far clocks of nodes may be off, ms. */
  readonly toleranceMs: number
  /** Members may be gone for ever, and with them what only they knew of deletions: those bind only who confirmed them. */
  readonly canVanish?: boolean
}

type Change = StoreRecord | DeleteRecord | ExpireRecord

/**
 * Looks for broken promises in what clients have asked and seen. Pure: from the same records follows the same verdict.
 * Spec 70 §8, D1 to D5, D8.
 */
export function checkHistory(records: readonly HistoryRecord[], promises: Promises): readonly Violation[] {
  const reads = records.filter(record => record.kind === 'read')
  return new HistoryCheck(records, promises).check(reads)
}

class HistoryCheck {
  readonly #promises: Promises
  readonly #boxes: ReadonlyMap<string, ReadonlyMap<MessageHash, MessageStory>>
  readonly #losses: readonly LostTime[]
  readonly #forgotten: readonly LostTime[]

  constructor(records: readonly HistoryRecord[], promises: Promises) {
    this.#promises = promises
    this.#boxes = storiesOf(
      records.filter(record => record.kind !== 'read' && record.kind !== 'loss' && record.kind !== 'left'),
    )
    this.#losses = records.filter(record => record.kind === 'loss')
    this.#forgotten = records.filter(record => record.kind === 'loss' || record.kind === 'left')
  }

  check(reads: readonly ReadRecord[]): readonly Violation[] {
    return [
      ...reads.flatMap(read => [...this.#shown(read), ...this.#missing(read)]),
      ...this.#diverged(reads),
      ...findReordered(reads, (node, at) => this.#forgotAt(node, at), this.#gone(reads)),
    ]
  }

  #diverged(reads: readonly ReadRecord[]): readonly Violation[] {
    const found = findDiverged(reads)
    if (this.#promises.canVanish !== true) return found
    const gone = this.#gone(reads)
    return found.filter(({ hash }) => !gone.has(hash))
  }

  /** What was deleted or has ended, and was stored again, rightly stands at the end. */
  #gone(reads: readonly ReadRecord[]): ReadonlySet<MessageHash> {
    const last = Math.max(0, ...reads.map(({ answeredAt }) => answeredAt))
    const stories = [...this.#boxes.values()].flatMap(box => [...box.values()])
    return new Set(stories.filter(story => story.mayBeGone(last, this.#promises.toleranceMs)).map(({ hash }) => hash))
  }

  /** What stands in a read and should not. */
  #shown(read: ReadRecord): readonly Violation[] {
    const seen = new Set<MessageHash>()
    return read.messages.flatMap(({ hash, data, timestamp, expiry }) => {
      const problems: ViolationKind[] = []
      if (seen.has(hash)) problems.push('duplicate')
      seen.add(hash)
      const story = this.#stories(read).get(hash)
      if (story === undefined || story.stores.length === 0) problems.push('invented')
      else {
        const isHash = hashMessage(read.owner, read.namespace, data) === hash
        if (!isHash || !story.isTrueTo(data, timestamp, expiry)) problems.push('altered')
        if (story.lastEnd + this.#promises.toleranceMs < read.calledAt) problems.push('undead')
        const forgotAt = this.#forgotAt(read.node, read.calledAt)
        if (story.isDeletedFor(read, forgotAt, this.#promises)) problems.push('resurrected')
      }
      return problems.map(kind => ({ kind, hash, node: read.node, at: read.calledAt }))
    })
  }

  /** What should stand in a read and does not. */
  #missing(read: ReadRecord): readonly Violation[] {
    const { accepted, toleranceMs } = this.#promises
    const { node, calledAt, settled, messages } = read
    const shown = new Set(messages.map(({ hash }) => hash))
    const lostAt = (id: NodeId): number => this.#lostAt(id, calledAt)
    return [...this.#stories(read).values()]
      .filter(({ hash }) => !shown.has(hash))
      .filter(story => !story.mayBeGone(read.answeredAt, toleranceMs))
      .filter(story =>
        settled === undefined
          ? story.isConfirmedBy(read, this.#forgotAt(node, calledAt))
          : story.isAccepted(calledAt, accepted, lostAt),
      )
      .map(({ hash }) => ({ kind: 'lost', hash, node, at: calledAt }))
  }

  #stories(box: Box): ReadonlyMap<MessageHash, MessageStory> {
    return this.#boxes.get(keyOf(box)) ?? new Map()
  }

  /** When a node last lost its database before a time; never is the beginning of time. */
  #lostAt(node: NodeId, before: number): number {
    return lastOf(this.#losses, node, before)
  }

  /** The same, or when it last may have forgotten what others keep. */
  #forgotAt(node: NodeId, before: number): number {
    return lastOf(this.#forgotten, node, before)
  }
}

interface LostTime {
  readonly node: NodeId
  readonly at: number
}

function lastOf(times: readonly LostTime[], node: NodeId, before: number): number {
  const own = times.filter(time => time.node === node && time.at <= before)
  return Math.max(-Infinity, ...own.map(({ at }) => at))
}

function storiesOf(changes: readonly Change[]): ReadonlyMap<string, ReadonlyMap<MessageHash, MessageStory>> {
  const boxes = new Map<string, Map<MessageHash, MessageStory>>()
  const storyOf = (box: Box, hash: MessageHash): MessageStory => {
    const stories = boxes.get(keyOf(box)) ?? new Map<MessageHash, MessageStory>()
    boxes.set(keyOf(box), stories)
    const story = stories.get(hash) ?? new MessageStory(hash)
    stories.set(hash, story)
    return story
  }
  for (const change of changes) {
    if (change.kind === 'store') storyOf(change, change.hash).stores.push(change)
    else if (change.kind === 'delete') for (const hash of change.hashes) storyOf(change, hash).deletes.push(change)
    else for (const hash of change.hashes) storyOf(change, hash).expires.push(change)
  }
  return new Map(Array.from(boxes, ([key, stories]) => [key, withoutStrangers(stories)]))
}

/** What was only deleted or prolonged was never sent to this box. */
function withoutStrangers(stories: ReadonlyMap<MessageHash, MessageStory>): ReadonlyMap<MessageHash, MessageStory> {
  return new Map([...stories].filter(([, { stores }]) => stores.length > 0))
}

function keyOf({ owner, namespace }: Box): string {
  return `${owner} ${namespace}`
}

/** Settled reads of one round and box show the same messages with the same ends, in whatever order. Spec 70, D5. */
function findDiverged(reads: readonly ReadRecord[]): readonly Violation[] {
  const rounds = Map.groupBy(
    reads.filter(({ settled }) => settled !== undefined),
    read => `${read.settled} ${keyOf(read)}`,
  )
  return [...rounds.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : others.flatMap(other => differences(first, other)),
  )
}

function differences(a: ReadRecord, b: ReadRecord): readonly Violation[] {
  const ofA = endsOf(a)
  const ofB = endsOf(b)
  return [...new Set([...ofA.keys(), ...ofB.keys()])]
    .filter(hash => ofA.get(hash) !== ofB.get(hash))
    .map(hash => {
      const kind = ofA.has(hash) && ofB.has(hash) ? 'ends-differ' : 'diverged'
      return { kind, hash, node: b.node, at: b.calledAt }
    })
}

function endsOf({ messages }: ReadRecord): ReadonlyMap<MessageHash, number> {
  return new Map(messages.map(({ hash, expiry }) => [hash, expiry]))
}
