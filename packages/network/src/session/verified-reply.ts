import {
  hashMessage,
  type MemberResults,
  type MethodName,
  type Outcome,
  type RecursiveMethod,
  type RecursiveReply,
  type Replied,
  type RetrieveParams,
  type RetrieveReply,
  type StorageRequest,
  verifyMembers,
} from '@sotto/protocol/storage'
import { type NodeId } from '@sotto/protocol/swarm'

const recursive: ReadonlySet<MethodName> = new Set<RecursiveMethod>([
  'store',
  'delete',
  'delete_all',
  'delete_before',
  'expire',
  'expire_all',
  'revoke_subaccount',
  'unrevoke_subaccount',
])

/** What is left of a reply after it was verified. */
export interface Verified<M extends MethodName> {
  readonly replied: Replied<M>
  /** Nothing in it could be believed: the node lies, or speaks for a swarm that is not there. */
  readonly isWorthless: boolean
}

/**
 * Keeps of a reply what can be believed: results that members of the swarm signed, messages whose hash is theirs. Looks into
 * batches. Spec 20 §3.5, spec 70 H1.
 */
export function verifyReplied<M extends MethodName>(
  request: StorageRequest<M>,
  replied: Replied<M>,
  members: ReadonlySet<NodeId>,
): Verified<M> {
  const verified = verifyAny(request as unknown as StorageRequest, replied as unknown as Replied, members)
  return { replied: verified.replied as Replied<M>, isWorthless: verified.isWorthless }
}

function verifyAny(request: StorageRequest, replied: Replied, members: ReadonlySet<NodeId>): Verified<MethodName> {
  if (isRecursive(request) && isRecursiveReply(replied)) {
    const swarm = believable(request, replied.reply, members)
    const isWorthless = ![...swarm.values()].some(({ kind }) => kind === 'done')
    return { replied: { ...replied, reply: { ...replied.reply, swarm } } as Replied, isWorthless }
  }
  if (request.method === 'retrieve' && replied.method === 'retrieve') {
    return { replied: { ...replied, reply: believableMessages(request.params, replied.reply) }, isWorthless: false }
  }
  if ((request.method === 'batch' || request.method === 'sequence') && replied.method === request.method) {
    const inner = replied.reply.results.map((outcome, at) => verifyInner(request.params.requests[at], outcome, members))
    const results = inner.map(({ outcome }) => outcome)
    const isWorthless = inner.length > 0 && inner.every(each => each.isWorthless)
    return { replied: { ...replied, reply: { results } }, isWorthless }
  }
  return { replied, isWorthless: false }
}

function verifyInner(
  request: StorageRequest | undefined,
  outcome: Outcome,
  members: ReadonlySet<NodeId>,
): { readonly outcome: Outcome; readonly isWorthless: boolean } {
  if (request === undefined || outcome.kind !== 'reply') return { outcome, isWorthless: false }
  const { replied, isWorthless } = verifyAny(request, outcome, members)
  return { outcome: replied, isWorthless }
}

/** Only members of the swarm count, and only what they signed. */
function believable(
  request: StorageRequest<RecursiveMethod>,
  reply: RecursiveReply<MemberResults[RecursiveMethod]>,
  members: ReadonlySet<NodeId>,
): typeof reply.swarm {
  const verdicts = verifyMembers<RecursiveMethod>(request, reply)
  return new Map(
    [...reply.swarm]
      .filter(([id]) => members.has(id))
      .map(([id, member]) => {
        const isTrue = member.kind === 'failed' || verdicts.get(id)?.kind === 'confirmed'
        return [id, isTrue ? member : { kind: 'failed', failure: { kind: 'malformed' } }]
      }),
  )
}

/** A message under the hash of another one would keep that one from ever being fetched. */
export function believableMessages(
  { owner, namespace }: Pick<RetrieveParams, 'owner' | 'namespace'>,
  reply: RetrieveReply,
): RetrieveReply {
  return { ...reply, messages: reply.messages.filter(({ hash, data }) => hashMessage(owner, namespace, data) === hash) }
}

function isRecursive(request: StorageRequest): request is StorageRequest<RecursiveMethod> {
  return recursive.has(request.method)
}

function isRecursiveReply(replied: Replied): replied is Replied<RecursiveMethod> {
  return recursive.has(replied.method)
}
