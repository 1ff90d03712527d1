import {
  hashMessage,
  namespaces,
  type Replied,
  signMemberResult,
  type StorageRequest,
  type StoredMessage,
} from '@sotto/protocol/storage'
import { type NodeId, nodeIdOf } from '@sotto/protocol/swarm'
import { expect, test } from 'vitest'
import { verifyReplied } from '../../src/session/verified-reply.ts'
import { alice, retrieve } from '../fake/fake-client.ts'
import { nodeKeys } from '../fake/fake-list.ts'

const data = Uint8Array.of(1, 2, 3)
const hash = hashMessage(alice, namespaces.inbox, data)
const deletion: StorageRequest<'delete'> = {
  method: 'delete',
  params: { owner: alice, messages: [hash], required: false, authority: retrieve(1).authority as never },
}
const result = { deleted: [hash] }
const id = (at: number): NodeId => nodeIdOf(nodeKeys(at).publicKey)
const signed = (
  by: number,
): { kind: 'done'; result: typeof result; signature: ReturnType<typeof signMemberResult> } => ({
  kind: 'done',
  result,
  signature: signMemberResult(deletion, result, nodeKeys(by)),
})
const members = new Set([id(0), id(1), id(2)])

function deleted(entries: readonly (readonly [NodeId, ReturnType<typeof signed>])[]): Replied<'delete'> {
  return { kind: 'reply', method: 'delete', status: 200, reply: { swarm: new Map(entries) } }
}

test('only what members of the swarm signed is left as done', () => {
  const replied = deleted([
    [id(0), signed(0)],
    [id(1), signed(0)],
    [id(9), signed(9)],
  ])
  const verified = verifyReplied(deletion, replied, members)
  expect(verified.isWorthless).toBe(false)
  const swarm = [...verified.replied.reply.swarm]
  expect(swarm).toEqual([
    [id(0), signed(0)],
    [id(1), { kind: 'failed', failure: { kind: 'malformed' } }],
  ])
})

test('nothing left: the reply is worthless, also inside a batch', () => {
  const replied = deleted([[id(1), signed(0)]])
  expect(verifyReplied(deletion, replied, members).isWorthless).toBe(true)
  const batch: StorageRequest<'batch'> = { method: 'batch', params: { requests: [deletion] } }
  const answer: Replied<'batch'> = { kind: 'reply', method: 'batch', status: 200, reply: { results: [replied] } }
  expect(verifyReplied(batch, answer, members).isWorthless).toBe(true)
  const both: Replied<'batch'> = {
    ...answer,
    reply: { results: [replied, { kind: 'refused', status: 500, text: '' }] },
  }
  const two: StorageRequest<'batch'> = { method: 'batch', params: { requests: [deletion, deletion] } }
  expect(verifyReplied(two, both, members).isWorthless).toBe(false)
})

test('messages under a wrong hash are left out, also inside a batch', () => {
  const good: StoredMessage = { hash, timestamp: 1, expiry: 2, data }
  const messages = [{ ...good, data: Uint8Array.of(9) }, good]
  const replied: Replied<'retrieve'> = {
    kind: 'reply',
    method: 'retrieve',
    status: 200,
    reply: { messages, more: true },
  }
  const request: StorageRequest<'retrieve'> = { method: 'retrieve', params: retrieve(1) }
  expect(verifyReplied(request, replied, members).replied.reply).toEqual({ messages: [good], more: true })
  const batch: StorageRequest<'batch'> = { method: 'batch', params: { requests: [request] } }
  const answer: Replied<'batch'> = { kind: 'reply', method: 'batch', status: 200, reply: { results: [replied] } }
  const [inner] = verifyReplied(batch, answer, members).replied.reply.results
  expect(inner).toMatchObject({ reply: { messages: [good] } })
})
