import { type MessageHash } from '@sotto/protocol/storage'
import { type NodeId } from '@sotto/protocol/swarm'
import { type ReadRecord, type Violation } from './records.ts'

/**
 * A client goes on after the last message it has from a node, so what a node shows may only grow at its end: a message that
 * was not there before must not stand before one that was. Spec 20 §3.7, spec 21 §2.
 */
export function findReordered(
  reads: readonly ReadRecord[],
  lostAt: (node: NodeId, before: number) => number,
  exempt: ReadonlySet<MessageHash>,
): readonly Violation[] {
  const runs = Map.groupBy(
    reads,
    ({ node, owner, namespace, calledAt }) => `${node} ${owner} ${namespace} ${lostAt(node, calledAt)}`,
  )
  return [...runs.values()].flatMap(run => {
    const inTime = run.toSorted((a, b) => a.calledAt - b.calledAt).map(read => without(read, exempt))
    return inTime.flatMap((read, at) => insertedBefore(inTime[at - 1], read))
  })
}

function without(read: ReadRecord, exempt: ReadonlySet<MessageHash>): ReadRecord {
  return { ...read, messages: read.messages.filter(({ hash }) => !exempt.has(hash)) }
}

function insertedBefore(
  before: ReadRecord | undefined,
  { messages, node, calledAt }: ReadRecord,
): readonly Violation[] {
  if (before === undefined || before.answeredAt > calledAt) return []
  const known = new Map(before.messages.map(({ hash }, at) => [hash, at]))
  const last = messages.findLastIndex(({ hash }) => known.has(hash))
  let highest = -1
  const wrong: MessageHash[] = []
  for (const { hash } of messages.slice(0, last + 1)) {
    const at = known.get(hash) ?? -1
    if (at <= highest) wrong.push(hash)
    highest = Math.max(highest, at)
  }
  return wrong.map(hash => ({ kind: 'reordered', hash, node, at: calledAt }))
}
