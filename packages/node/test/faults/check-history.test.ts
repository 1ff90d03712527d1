import { hashMessage, namespaces, toNamespace } from '@sotto/protocol/storage'
import { parseNodeId, type NodeId, parseSwarmOwner } from '@sotto/protocol/swarm'
import { expect, test } from 'vitest'
import { checkHistory, type Promises } from './history/check-history.ts'
import {
  type DeleteRecord,
  type HistoryRecord,
  type ReadRecord,
  type ShownMessage,
  type StoreRecord,
  type ViolationKind,
} from './history/records.ts'

const owner = parseSwarmOwner(`05${'ab'.repeat(32)}`)
const inbox = { owner, namespace: namespaces.inbox }
const [nodeA, nodeB, nodeC] = ['a1', 'b2', 'c3'].map(byte => parseNodeId(byte.repeat(32))) as [NodeId, NodeId, NodeId]
const promises: Promises = { accepted: 1, toleranceMs: 0 }

/** A message that was stored from 10 to 20 and lives until 1000. */
function stored(text: string, changes: Partial<StoreRecord> = {}): StoreRecord {
  const data = new TextEncoder().encode(text)
  const box = { ...inbox, ...changes }
  const hash = hashMessage(box.owner, box.namespace, data)
  return {
    ...inbox,
    kind: 'store',
    hash,
    data,
    timestamp: 5,
    expiry: 1000,
    calledAt: 10,
    answeredAt: 20,
    confirmedBy: [nodeA],
    ...changes,
  }
}

function read(at: number, messages: readonly ShownMessage[], changes: Partial<ReadRecord> = {}): ReadRecord {
  return { ...inbox, kind: 'read', calledAt: at, answeredAt: at + 1, node: nodeA, messages, ...changes }
}

function deleted({ hash, namespace }: StoreRecord, at: number, changes: Partial<DeleteRecord> = {}): DeleteRecord {
  const span = { calledAt: at, answeredAt: at + 5 }
  return { owner, namespace, kind: 'delete', hashes: [hash], ...span, confirmedBy: [nodeA], ...changes }
}

function kinds(records: readonly HistoryRecord[], given = promises): readonly ViolationKind[] {
  return checkHistory(records, given).map(({ kind }) => kind)
}

const one = stored('one')
const two = stored('two')

test('a history in which all went well has no violations', () => {
  expect(kinds([one, two, read(30, [one, two]), deleted(one, 40), read(60, [two]), read(2000, [])])).toEqual([])
})

test('catches a message that the node itself has confirmed and does not show', () => {
  expect(kinds([one, two, read(30, [two])])).toEqual(['lost'])
})

test('asks for what other members confirmed only when the swarm had time to agree', () => {
  expect(kinds([one, read(30, [], { node: nodeB })])).toEqual([])
  expect(kinds([one, read(30, [], { node: nodeB, settled: 1 })])).toEqual(['lost'])
})

test('asks for as many confirmations as it is told', () => {
  const settled = read(30, [], { node: nodeC, settled: 1 })
  expect(kinds([one, settled], { ...promises, accepted: 2 })).toEqual([])
  const both = stored('one', { confirmedBy: [nodeA, nodeB] })
  expect(kinds([both, settled], { ...promises, accepted: 2 })).toEqual(['lost'])
})

test('adds up the confirmations of several attempts', () => {
  const again = stored('one', { calledAt: 21, answeredAt: 25, confirmedBy: [nodeB] })
  expect(kinds([one, again, read(30, [], { node: nodeC, settled: 1 })], { ...promises, accepted: 2 })).toEqual(['lost'])
})

test('does not ask for what was not answered before the read', () => {
  expect(kinds([one, read(15, [])])).toEqual([])
  const { answeredAt: _, ...unanswered } = one
  expect(kinds([unanswered, read(30, [])])).toEqual([])
})

test('forgives a node what it confirmed before it lost its database, but not the swarm', () => {
  const loss = { kind: 'loss', node: nodeA, at: 25 } as const
  expect(kinds([one, loss, read(30, [])])).toEqual([])
  const both = stored('one', { confirmedBy: [nodeA, nodeB] })
  expect(kinds([both, loss, read(30, [], { settled: 1 })])).toEqual(['lost'])
})

test('does not ask for what has expired, was shortened or was to be deleted', () => {
  expect(kinds([one, read(1000, [])])).toEqual([])
  expect(kinds([one, read(990, [])], { ...promises, toleranceMs: 10 })).toEqual([])
  const shortened = { ...inbox, kind: 'expire', hashes: [one.hash], expiry: 40, confirmedBy: [] } as const
  expect(kinds([one, { ...shortened, calledAt: 30, answeredAt: 35 }, read(50, [])])).toEqual([])
  expect(kinds([one, deleted(one, 25, { confirmedBy: [] }), read(30, [])])).toEqual([])
})

test('catches other data, another time and another end', () => {
  expect(kinds([one, read(30, [{ ...one, data: two.data }])])).toEqual(['altered'])
  expect(kinds([one, read(30, [{ ...one, timestamp: 6 }])])).toEqual(['altered'])
  expect(kinds([one, read(30, [{ ...one, expiry: 1001 }])])).toEqual(['altered'])
})

test('catches a hash that is not of the data, even if it was sent so', () => {
  const wrong = { ...one, hash: two.hash }
  expect(kinds([wrong, read(30, [wrong])])).toEqual(['altered'])
})

test('catches what nobody sent, and what was sent to another box', () => {
  expect(kinds([read(30, [one])])).toEqual(['invented'])
  expect(kinds([stored('one', { namespace: toNamespace(10) }), read(30, [one])])).toEqual(['invented'])
})

test('catches a hash that stands there twice', () => {
  expect(kinds([one, read(30, [one, one])])).toContain('duplicate')
})

test('catches what is shown after its end', () => {
  expect(kinds([one, read(1001, [one])])).toEqual(['undead'])
  expect(kinds([one, read(1001, [one])], { ...promises, toleranceMs: 5 })).toEqual([])
})

test('catches what is there again after the node has confirmed its deletion', () => {
  expect(kinds([one, deleted(one, 30), read(50, [one])])).toEqual(['resurrected'])
})

test('does not blame a node for a deletion that it has not heard of, or not confirmed yet', () => {
  expect(kinds([one, deleted(one, 30), read(50, [one], { node: nodeB })])).toEqual([])
  expect(kinds([one, deleted(one, 30), read(32, [one])])).toEqual([])
})

test('blames every settled member for a deletion that one of them has confirmed', () => {
  expect(kinds([one, deleted(one, 30), read(50, [one], { node: nodeB, settled: 1 })])).toEqual(['resurrected'])
})

test('where members can vanish, holds only those to a deletion who have confirmed it', () => {
  const vanishing = { ...promises, canVanish: true }
  const reads = [read(50, [one], { node: nodeB, settled: 1 }), read(50, [], { settled: 1 })]
  expect(kinds([one, deleted(one, 30), ...reads], vanishing)).toEqual([])
  expect(kinds([one, deleted(one, 30), read(50, [one], { settled: 1 })], vanishing)).toEqual(['resurrected'])
})

test('lets a later signature bring a message back where one is needed, and only there', () => {
  const namespace = toNamespace(2)
  const own = stored('own', { namespace })
  const again = stored('own', { namespace, calledAt: 40, answeredAt: 45 })
  const shown = read(50, [own], { namespace })
  expect(kinds([own, deleted(own, 30), shown])).toEqual(['resurrected'])
  expect(kinds([own, deleted(own, 30), again, shown])).toEqual([])
  expect(kinds([one, deleted(one, 30), { ...one, calledAt: 40, answeredAt: 45 }, read(50, [one])])).toEqual([
    'resurrected',
  ])
})

test('catches settled members that do not agree', () => {
  const loose = stored('loose', { confirmedBy: [] })
  const reads = [read(30, [loose], { settled: 1 }), read(30, [], { settled: 1, node: nodeB })]
  expect(kinds([loose, ...reads])).toEqual(['diverged'])
  expect(kinds([loose, reads[0] as ReadRecord, { ...(reads[1] as ReadRecord), settled: 2 }])).toEqual([])
})

test('catches settled members that do not agree on an end', () => {
  const prolonged = stored('one', { expiry: 2000, calledAt: 21, answeredAt: 25 })
  const reads = [read(30, [one], { settled: 1 }), read(30, [{ ...one, expiry: 2000 }], { settled: 1, node: nodeB })]
  expect(kinds([one, prolonged, ...reads])).toEqual(['ends-differ'])
})

test('catches a message that a cursor would miss', () => {
  expect(kinds([one, two, read(30, [one, two]), read(40, [two, one])])).toEqual(['reordered'])
  const early = stored('early', { confirmedBy: [] })
  expect(kinds([one, early, read(30, [one]), read(40, [early, one])])).toEqual(['reordered'])
  expect(kinds([one, early, read(30, [one]), read(40, [one, early])])).toEqual([])
})

test('lets a message that was gone stand at the end when it is stored again', () => {
  const short = stored('short', { expiry: 35 })
  const again = stored('short', { calledAt: 36, answeredAt: 38 })
  expect(kinds([one, short, again, read(30, [short, one]), read(40, [one, again])])).toEqual([])
})

test('lets a node that lost its database begin a new order', () => {
  const loss = { kind: 'loss', node: nodeA, at: 35 } as const
  expect(kinds([one, two, read(30, [one, two]), loss, read(40, [two, one])])).toEqual([])
})

test('lets a node that served other accounts forget, but not the swarm', () => {
  const left = { kind: 'left', node: nodeA, at: 25 } as const
  expect(kinds([one, left, read(30, [])])).toEqual([])
  expect(kinds([one, left, read(30, [], { settled: 1 })])).toEqual(['lost'])
  expect(kinds([one, two, read(24, [one, two]), left, read(40, [two, one])])).toEqual([])
})
