import { utf8Encode } from '@sotto/protocol/encoding'
import {
  type CheckContext,
  checkRequest,
  errorReply,
  type HardFork,
  MAX_PRIVATE_TTL_MS,
  type RecursiveMethod,
  StorageError,
  type StorageRequest,
} from '@sotto/protocol/storage'
import { type SwarmOwner } from '@sotto/protocol/swarm'
import { type Clock } from '../../clock/clock.ts'
import { type NodeIdentity } from '../../rpc/node-identity.ts'
import { type ServedSwarm } from '../../rpc/served-swarm.ts'
import { type NodeStore } from '../../store/port/node-store.ts'
import { type MemberMethod, type MethodAnswer } from '../link/member-endpoint.ts'
import { type AppliedRequest, APPLY_METHOD, decodeApplied, LATE_METHOD } from './applied-request.ts'
import { writeLocally } from './local-writes.ts'
import { type AnyMemberReply, encodeMember, signedResult, storeFailure } from './member-result.ts'

/** What applying requests of other members needs. */
export interface ApplyParts {
  readonly identity: NodeIdentity
  readonly clock: Clock
  readonly hardFork: HardFork
  readonly store: NodeStore
  readonly served: ServedSwarm
  readonly capPublicAge: boolean
  /** Tokens of this account were revoked here. */
  readonly onRevoked: (owner: SwarmOwner) => void
}

/** Clocks of members may differ by this, ms. Spec 70 §6.4. */
const toleranceMs = 70_000
/** A date is only compared with other dates, so more is forgiven, ms. */
const datingToleranceMs = 300_000
const noPeers: readonly never[] = []
const noBody = new Uint8Array()

/**
 * The methods by which members pass on what clients asked. The client's own signature is verified again, so a member can
 * only repeat what an account really wanted. Spec 20 §3.5.
 */
export function applyMethods(parts: ApplyParts): ReadonlyMap<string, MemberMethod> {
  return new Map<string, MemberMethod>([
    [APPLY_METHOD, body => answer(() => applyNow(decodeApplied(body), parts))],
    [LATE_METHOD, body => answer(() => applyLate(decodeApplied(body), parts))],
  ])
}

/** Dated by the first member, unless its clock is wrong beyond belief: all members have to say the same. */
function applyNow({ request, acceptedAt }: AppliedRequest, parts: ApplyParts): Promise<MethodAnswer> {
  const now = parts.clock.now()
  const isPossible = Math.abs(acceptedAt - now) <= datingToleranceMs
  return apply(request, parts, { checkedAt: now, acceptedAt: isPossible ? acceptedAt : now, isLate: false })
}

/**
 * Times are judged by when the request was accepted, which may be as long ago as a message lives, and never lies ahead. What a
 * repeated old request can do is bounded: deletions reach only what was there then, and the latest word on a token holds.
 */
function applyLate({ request, acceptedAt }: AppliedRequest, parts: ApplyParts): Promise<MethodAnswer> {
  const now = parts.clock.now()
  if (acceptedAt > now + toleranceMs || acceptedAt < now - MAX_PRIVATE_TTL_MS)
    throw new StorageError('storage.bad-clock')
  return apply(request, parts, { checkedAt: Math.min(now, acceptedAt), acceptedAt, isLate: true })
}

/** Unix ms: by which time a request is judged, and when it was accepted. */
interface Dates {
  readonly checkedAt: number
  readonly acceptedAt: number
  readonly isLate: boolean
}

async function apply(request: StorageRequest<RecursiveMethod>, parts: ApplyParts, dates: Dates): Promise<MethodAnswer> {
  const { method, params } = request
  if (!parts.served.serves(params.owner)) return { status: 421, body: noBody }
  checkRequest(request, contextOf(parts, dates.checkedAt))
  const member = await carryOut(request, dates, parts)
  if (method === 'revoke_subaccount') parts.onRevoked(params.owner)
  return { status: 200, body: encodeMember(request, parts.identity.id, member) }
}

async function carryOut(
  request: StorageRequest<RecursiveMethod>,
  { acceptedAt, isLate }: Dates,
  { store, clock, capPublicAge, identity }: ApplyParts,
): Promise<AnyMemberReply<RecursiveMethod>> {
  const context = {
    store,
    now: clock.now(),
    acceptedAt,
    isLate,
    peers: noPeers,
    body: noBody,
    capPublicAge,
  }
  try {
    const { result } = await writeLocally(request.method, request.params, context)
    return signedResult(request, result, identity.ed25519)
  } catch (error) {
    const failed = storeFailure(error)
    if (failed === undefined) throw error
    return failed
  }
}

function contextOf({ hardFork, store }: ApplyParts, now: number): CheckContext {
  return { now, isForwarded: true, hardFork, isRevoked: (owner, token) => store.isRevoked(owner, token) }
}

/** Refusals go back with their status and text. */
async function answer(run: () => Promise<MethodAnswer>): Promise<MethodAnswer> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof StorageError)) throw error
    const { status, text } = errorReply(error)
    return { status, body: utf8Encode(text) }
  }
}
