import {
  appliedExpiry,
  type DeletedResult,
  expireMode,
  type ExpireParams,
  type ExpireResult,
  type HashesByScope,
  hashMessage,
  isPublicInbox,
  MAX_PRIVATE_TTL_MS,
  MAX_PUBLIC_TTL_MS,
  type MemberResults,
  type MessageHash,
  type MethodParams,
  type Namespace,
  type NamespaceScope,
  type RecursiveMethod,
  type StoreParams,
  type StoreResult,
} from '@sotto/protocol/storage'
import { type NodeId } from '@sotto/protocol/swarm'
import { type ForwardId, type RequestForward } from '../../store/port/forward.ts'
import { type NodeStore } from '../../store/port/node-store.ts'

/** How a request is carried out here. */
export interface WriteContext {
  readonly store: NodeStore
  /** Unix ms. */
  readonly now: number
  /** When the request was accepted by the member that the client asked, Unix ms, by its clock: so all members date it. */
  readonly acceptedAt: number
  /** It had to wait, so that later changes may have come before it. */
  readonly isLate: boolean
  /** The members that the request goes on to; nobody if this is not the member that the client asked. */
  readonly peers: readonly NodeId[]
  /** The request as it goes on to them. */
  readonly body: Uint8Array
  /** Of a message that is stored, if it has been computed already. */
  readonly hash?: MessageHash | undefined
  /** Whether messages that anyone may store are prolonged beyond 14 days after they came. Spec 70, X15. */
  readonly capPublicAge: boolean
}

/** What was done, and what is on its way to the others now. */
export interface LocalWrite<Result> {
  readonly result: Result
  readonly forward: ForwardId | undefined
}

type Writer<M extends RecursiveMethod> = (
  params: MethodParams[M],
  context: WriteContext,
) => Promise<LocalWrite<MemberResults[M]>>

type Writers = { readonly [M in RecursiveMethod]: Writer<M> }

/** Every change by its method: this node's own part of it. Spec 20 §3.6 to §3.12. */
const writers: Writers = {
  store: storeMessage,
  delete: async ({ owner, messages: hashes, authority }, context) => {
    const { signature } = authority
    const request = { owner, hashes, signature, ...change(context) }
    const { deleted, forward } = await context.store.deleteMessages(request)
    return { result: { deleted }, forward }
  },
  delete_all: async ({ owner, namespace: scope, timestamp }, context) => {
    const request = { owner, scope, timestamp, ...change(context) }
    return deletedIn(scope, await context.store.deleteAll(request))
  },
  delete_before: async ({ owner, namespace: scope, before }, context) =>
    deletedIn(scope, await context.store.deleteBefore({ owner, scope, before, ...change(context) })),
  expire: expireMessages,
  expire_all: async ({ owner, namespace: scope, expiry }, context) => {
    const { updated, forward } = await context.store.expireAll({ owner, scope, expiry, ...change(context) })
    return { result: { updated: inScope(scope, updated) }, forward }
  },
  revoke_subaccount: async ({ owner, tokens, timestamp }, context) => {
    const { forward } = await context.store.revoke({ owner, tokens, timestamp, ...change(context) })
    return { result: {}, forward }
  },
  unrevoke_subaccount: async ({ owner, tokens, timestamp }, context) => {
    const { count, forward } = await context.store.unrevoke({ owner, tokens, timestamp, ...change(context) })
    return { result: { count }, forward }
  },
}

/**
 * Carries out a verified request on this node. Kept promise: it is on the disk, and so is that the others have to get it.
 * @throws {NodeStoreError} if nothing was done
 */
export function writeLocally<M extends RecursiveMethod>(
  method: M,
  params: MethodParams[M],
  context: WriteContext,
): Promise<LocalWrite<MemberResults[M]>> {
  const write: Writer<M> = writers[method]
  return write(params, context)
}

/**
 * A message that its owner has deleted is confirmed to whoever stores it again, and is not kept: it was delivered, and they need
 * not try any more. Spec 70, X7.
 */
async function storeMessage(params: StoreParams, context: WriteContext): Promise<LocalWrite<StoreResult>> {
  const { owner, namespace, timestamp, expiry, data, sigTimestamp } = params
  const hash = context.hash ?? hashMessage(owner, namespace, data)
  const isPublic = isPublicInbox(namespace)
  const outcome = await context.store.store({
    message: { owner, namespace, hash, timestamp, expiry, data },
    now: context.now,
    acceptedAt: context.acceptedAt,
    peers: context.peers,
    body: context.body,
    isLate: context.isLate,
    ...(isPublic ? {} : { signedAt: sigTimestamp }),
    ...(isPublic && context.capPublicAge ? { maxAgeMs: MAX_PUBLIC_TTL_MS } : {}),
  })
  if (outcome.kind === 'deleted') return { result: { hash, expiry, already: true }, forward: undefined }
  return { result: { hash, expiry: outcome.expiry, already: outcome.already }, forward: outcome.forward }
}

async function expireMessages(params: ExpireParams, context: WriteContext): Promise<LocalWrite<ExpireResult>> {
  const { owner, messages: hashes } = params
  const mode = expireMode(params)
  const expiries = params.expiries.map(expiry => appliedExpiry(expiry, context.acceptedAt))
  const request = { owner, hashes, expiries, ...(mode === undefined ? {} : { mode }), ...change(context) }
  const { updated, unchanged, forward } = await context.store.expire(request)
  const expiry = expiries.length === 1 ? (expiries[0] ?? 0) : [...updated.values()]
  const left = mode === undefined ? {} : { unchanged }
  return { result: { expiry, updated: [...updated.keys()], ...left }, forward }
}

/** What two members with clocks as wrong as they may be can differ in dating things, ms. */
const toleranceMs = 300_000

/** Signed requests stay true for as long as any copy of what they are about can be alive. */
function change({ now, acceptedAt, isLate, peers, body }: WriteContext): Dated {
  const dated = { now, acceptedAt, ...(isLate ? { storedUntil: acceptedAt + toleranceMs } : {}) }
  return peers.length === 0 ? dated : { ...dated, forward: { peers, body, until: now + MAX_PRIVATE_TTL_MS } }
}

interface Dated {
  readonly now: number
  readonly acceptedAt: number
  readonly storedUntil?: number
  readonly forward?: RequestForward
}

function deletedIn(
  scope: NamespaceScope,
  { deleted, forward }: { readonly deleted: ByNamespace; readonly forward?: ForwardId },
): LocalWrite<DeletedResult> {
  return { result: { deleted: inScope(scope, deleted) }, forward }
}

type ByNamespace = ReadonlyMap<Namespace, readonly MessageHash[]>

function inScope(scope: NamespaceScope, hashes: ByNamespace): HashesByScope {
  return scope === 'all' ? hashes : (hashes.get(scope) ?? [])
}
