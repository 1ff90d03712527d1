import { ed25519Signature } from '@sotto/protocol/crypto'
import { type Json } from '@sotto/protocol/encoding'
import {
  checkRequest,
  type MemberReply,
  type MessageHash,
  type MethodName,
  type MethodParams,
  type MethodReplies,
  type Namespace,
  type StorageRequest,
  type StoredMessage,
} from '@sotto/protocol/storage'
import { type NodeId, type SwarmOwner } from '@sotto/protocol/swarm'
import { contextAt } from './check-context.ts'

/** What one owner has in one namespace. */
interface Box {
  readonly owner: SwarmOwner
  readonly namespace: Namespace
  messages: readonly StoredMessage[]
}

/** What the answers are made from. */
export interface AskedNetwork {
  readonly members: readonly NodeId[]
  readonly clock: { now(): number }
  /** Members that carry out nothing that others pass on to them. */
  readonly silent: ReadonlySet<NodeId>
  /** What each member says of names. */
  readonly nameAnswers: ReadonlyMap<NodeId, Json>
  /** Every request but stores and retrieves, in order. */
  readonly asked: StorageRequest[]
  boxesOf(owner: SwarmOwner): readonly Box[]
}

/** Carries out a request as a swarm would. What no test needs is refused by throwing. */
export function answerRequest<M extends MethodName>(
  network: AskedNetwork,
  method: M,
  params: MethodParams[M],
  member: NodeId,
): MethodReplies[M] {
  const request = { method, params } as unknown as StorageRequest
  checkRequest(request, contextAt(network.clock.now()))
  network.asked.push(request)
  return answerAny(network, request, member) as MethodReplies[M]
}

function answerAny(network: AskedNetwork, request: StorageRequest, member: NodeId): unknown {
  switch (request.method) {
    case 'delete': {
      const deleted = takeOut(network, request.params.owner, new Set(request.params.messages))
      return byAll(network, { deleted })
    }
    case 'delete_all': {
      const all = network.boxesOf(request.params.owner).flatMap(({ messages }) => messages.map(({ hash }) => hash))
      return byAll(network, { deleted: takeOut(network, request.params.owner, new Set(all)) })
    }
    case 'expire':
      return byAll(network, shorten(network, request.params))
    case 'oxend_request':
      return { result: network.nameAnswers.get(member) ?? null }
    default:
      throw new Error(`no fake of ${request.method}`)
  }
}

function byAll({ members, silent }: AskedNetwork, result: unknown) {
  const signature = ed25519Signature(new Uint8Array(64))
  const replyOf = (id: NodeId): MemberReply<unknown> =>
    silent.has(id) ? { kind: 'failed', failure: { kind: 'timeout' } } : { kind: 'done', result, signature }
  return { swarm: new Map(members.map(id => [id, replyOf(id)])) }
}

function takeOut(network: AskedNetwork, owner: SwarmOwner, hashes: ReadonlySet<MessageHash>): readonly MessageHash[] {
  const deleted: MessageHash[] = []
  for (const box of network.boxesOf(owner)) {
    deleted.push(...box.messages.filter(({ hash }) => hashes.has(hash)).map(({ hash }) => hash))
    box.messages = box.messages.filter(({ hash }) => !hashes.has(hash))
  }
  return deleted.toSorted()
}

function shorten(network: AskedNetwork, { expiries, messages, owner }: MethodParams['expire']) {
  const updated = new Map<MessageHash, number>()
  const unchanged = new Map<MessageHash, number>()
  for (const box of network.boxesOf(owner)) {
    box.messages = box.messages.map(message => {
      const at = messages.indexOf(message.hash)
      if (at < 0) return message
      const expiry = Math.min(message.expiry, expiries[at] ?? expiries[0] ?? 0)
      if (message.expiry === expiry) unchanged.set(message.hash, expiry)
      else updated.set(message.hash, expiry)
      return { ...message, expiry }
    })
  }
  const hashes = [...updated.keys()].toSorted()
  const expiry = expiries.length > 1 ? hashes.map(hash => updated.get(hash) ?? 0) : (expiries[0] ?? 0)
  return { expiry, updated: hashes, unchanged }
}
