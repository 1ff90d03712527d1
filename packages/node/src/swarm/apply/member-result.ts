import { type Ed25519KeyPair, ed25519Verify } from '@sotto/protocol/crypto'
import {
  encodeOutcome,
  type MemberReply,
  memberResultText,
  type MemberResults,
  type MessageHash,
  type Outcome,
  parseOutcome,
  type RecursiveMethod,
  type RecursiveReply,
  signMemberResult,
  StorageError,
  type StorageRequest,
} from '@sotto/protocol/storage'
import { type NodeId, nodePublicKey } from '@sotto/protocol/swarm'
import { NodeStoreError } from '../../store/node-store-error.ts'

/** A member's part of a reply. */
export type AnyMemberReply<M extends RecursiveMethod> = MemberReply<MemberResults[M]>

/** The result of this node, signed. Spec 20 §3.5. */
export function signedResult<M extends RecursiveMethod>(
  request: StorageRequest<M>,
  result: MemberResults[M],
  keys: Ed25519KeyPair,
): AnyMemberReply<M> {
  return { kind: 'done', result, signature: signMemberResult(request, result, keys) }
}

/** What stands for this node if its database refused; `undefined` for any other failure. Spec 20 §3.6. */
export function storeFailure(error: unknown): AnyMemberReply<never> | undefined {
  if (!(error instanceof NodeStoreError)) return undefined
  const reason = error.code === 'node-store.full' || error.code === 'node-store.box-full' ? { reason: 'full' } : {}
  return { kind: 'failed', failure: { kind: 'query-failure', ...reason } }
}

/** A reply with these members as an outcome. */
export function recursiveOutcome<M extends RecursiveMethod>(
  method: M,
  status: number,
  reply: RecursiveReply<MemberResults[M]>,
): Outcome {
  // The two belong together by their type; spelled out, the union of all methods cannot be built generically.
  return { kind: 'reply', method, status, reply } as Outcome
}

/** One member's part as it goes over the member link: a reply of one member, bencoded. */
export function encodeMember<M extends RecursiveMethod>(
  { method }: StorageRequest<M>,
  id: NodeId,
  member: AnyMemberReply<M>,
): Uint8Array {
  return encodeOutcome(recursiveOutcome(method, 200, { swarm: new Map([[id, member]]) }), 'bencode').body
}

/**
 * Reads another member's part, and believes it only if its signature goes over a possible result of this very request.
 * `undefined` for anything else.
 */
export function decodeMember<M extends RecursiveMethod>(
  request: StorageRequest<M>,
  id: NodeId,
  body: Uint8Array,
  expectedHash: MessageHash | undefined,
): AnyMemberReply<M> | undefined {
  const member = tryParse(request, body)?.get(id)
  if (member === undefined || member.kind === 'failed') return member
  const { result, signature } = member
  if (expectedHash !== undefined && hashOf(result) !== expectedHash) return undefined
  return ed25519Verify(nodePublicKey(id), memberResultText(request, result), signature) ? member : undefined
}

function tryParse<M extends RecursiveMethod>(
  request: StorageRequest<M>,
  body: Uint8Array,
): ReadonlyMap<NodeId, AnyMemberReply<M>> | undefined {
  try {
    const outcome = parseOutcome(request as StorageRequest, 200, body, 'bencode')
    return outcome.kind === 'reply' ? (outcome.reply as RecursiveReply<MemberResults[M]>).swarm : undefined
  } catch (error) {
    if (error instanceof StorageError) return undefined
    throw error
  }
}

/** Members sign the hash of a stored message and nothing of the request. */
function hashOf(result: MemberResults[RecursiveMethod]): MessageHash | undefined {
  return 'hash' in result ? result.hash : undefined
}
