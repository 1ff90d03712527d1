import { utf8Encode } from '@sotto/protocol/encoding'
import { MAX_PRIVATE_TTL_MS } from '@sotto/protocol/storage'
import { type NodeId, type SwarmOwner } from '@sotto/protocol/swarm'
import { type Clock } from '../../clock/clock.ts'
import { TokenBucket } from '../../held/token-bucket.ts'
import { type ServedSwarm } from '../../rpc/served-swarm.ts'
import { NodeStoreError } from '../../store/node-store-error.ts'
import { type NodeStore } from '../../store/port/node-store.ts'
import { type ExpiryRecord } from '../../store/port/replica.ts'
import { type SwarmLimits } from '../forward/swarm-limits.ts'
import { type MemberMethod, type MethodAnswer } from '../link/member-endpoint.ts'
import { type PeerConduct } from '../peer-conduct.ts'
import { type HandoverMemory } from './handover-memory.ts'
import { type MarkClaims } from './mark-claims.ts'
import {
  decodeDigestsQuestion,
  decodeFetch,
  decodeHashesQuestion,
  decodeMarksQuestion,
  decodeOffers,
  encodeDigests,
  encodeHashesPiece,
  encodeMarks,
  MAX_HASHES_AT_ONCE,
} from './range-codec.ts'
import { decodePiece, encodePiece, type ReplicaPiece } from './record-codec.ts'
import { ReplicaError } from './replica-error.ts'

/** What the methods of replication need. */
export interface ReplicaParts {
  readonly clock: Clock
  readonly store: NodeStore
  readonly served: ServedSwarm
  readonly conduct: PeerConduct
  readonly claims: MarkClaims
  readonly handovers: HandoverMemory
  readonly limits: SwarmLimits
}

/** Names of the methods by which members copy from each other. See docs/protocol/member-link.md. */
export const replicaMethods = {
  ping: 'ping',
  records: 'records',
  want: 'want',
  digests: 'digests',
  hashes: 'hashes',
  fetch: 'fetch',
  marks: 'marks',
} as const

/** Clocks of members may differ by this, ms. Spec 70 §6.4. */
const toleranceMs = 70_000
const empty = new Uint8Array()

/**
 * The side of replication that is asked. Whoever brings messages must serve their accounts, or have served them; whoever asks
 * for them must be a member of this swarm. Spec 20 §6, spec 70, X5 to X7, D6, D9.
 */
export function replicaAnswers(parts: ReplicaParts): ReadonlyMap<string, MemberMethod> {
  const rates = new Map<NodeId, TokenBucket>()
  return new Map<string, MemberMethod>([
    [replicaMethods.ping, async () => ({ status: 200, body: empty })],
    [replicaMethods.records, (body, sender) => guarded(sender, parts, () => takeRecords(body, sender, rates, parts))],
    [replicaMethods.want, (body, sender) => guarded(sender, parts, async () => want(body, sender, parts))],
    [replicaMethods.digests, (body, sender) => forMembers(sender, parts, () => digests(body, parts))],
    [replicaMethods.hashes, (body, sender) => forMembers(sender, parts, async () => hashes(body, parts))],
    [replicaMethods.fetch, (body, sender) => forMembers(sender, parts, async () => fetchRecords(body, parts))],
    [replicaMethods.marks, (body, sender) => forMembers(sender, parts, async () => marks(body, parts))],
  ])
}

async function takeRecords(
  body: Uint8Array,
  sender: NodeId,
  rates: Map<NodeId, TokenBucket>,
  parts: ReplicaParts,
): Promise<MethodAnswer> {
  const { clock, store, claims } = parts
  if (!rateOf(sender, rates, parts).take(clock.monotonic(), body.length)) return { status: 429, body: empty }
  const now = clock.now()
  const piece = decodePiece(body)
  const owners = new Set([...piece.messages, ...piece.tombstones, ...piece.revocations].map(({ owner }) => owner))
  for (const owner of owners) requireAccount(owner, sender, parts)
  const { messages, tombstones, revocations } = plausible(piece, now)
  if (messages.length > 0) await store.insertRecords(messages, now)
  await claims.claim(sender, tombstones, revocations, now)
  return { status: 200, body: empty }
}

/** One byte for each offer: 1 if the message is not here and should come. */
function want(body: Uint8Array, sender: NodeId, parts: ReplicaParts): MethodAnswer {
  const { store, clock } = parts
  const offers = decodeOffers(body)
  const now = clock.now()
  const byOwner = Map.groupBy(offers, ({ owner }) => owner)
  for (const owner of byOwner.keys()) requireAccount(owner, sender, parts)
  const known = new Set(
    [...byOwner].flatMap(([owner, list]) =>
      [
        ...store
          .getExpiries(
            owner,
            list.map(({ hash }) => hash),
            now,
          )
          .keys(),
      ].map(hash => owner + hash),
    ),
  )
  return { status: 200, body: Uint8Array.from(offers, ({ owner, hash }) => (known.has(owner + hash) ? 0 : 1)) }
}

async function digests(body: Uint8Array, { store }: ReplicaParts): Promise<MethodAnswer> {
  const { ranges, aliveAfter } = decodeDigestsQuestion(body)
  const found = []
  for (const range of ranges) found.push(await store.digest(range, aliveAfter))
  return { status: 200, body: encodeDigests(found) }
}

function hashes(body: Uint8Array, { store }: ReplicaParts): MethodAnswer {
  const { range, aliveAfter, after } = decodeHashesQuestion(body)
  const limits = { maxCount: MAX_HASHES_AT_ONCE, ...(after === undefined ? {} : { after }) }
  return { status: 200, body: encodeHashesPiece(store.hashes(range, aliveAfter, limits)) }
}

function fetchRecords(body: Uint8Array, { store, clock, limits }: ReplicaParts): MethodAnswer {
  const { owner, hashes } = decodeFetch(body)
  const messages = store.records(owner, hashes, limits.pieceBytes, clock.now())
  return { status: 200, body: encodePiece({ messages, tombstones: [], revocations: [] }) }
}

function marks(body: Uint8Array, { store, clock, limits }: ReplicaParts): MethodAnswer {
  const { range, after } = decodeMarksQuestion(body)
  const walk = { maxCount: MAX_HASHES_AT_ONCE, maxBytes: limits.pieceBytes, ...(after === undefined ? {} : { after }) }
  const { tombstones, revocations, next } = store.dump(range, walk, clock.now())
  return { status: 200, body: encodeMarks({ tombstones, revocations, ...(next === undefined ? {} : { next }) }) }
}

/** What lies within the bounds that every node keeps. The rest is left out: clocks may differ, so it is nobody's misdeed. */
export function plausible({ messages, tombstones, revocations }: ReplicaPiece, now: number): ReplicaPiece {
  const latest = now + toleranceMs
  return {
    messages: messages
      .filter(({ expiry, timestamp }) => expiry > now && expiry <= latest + MAX_PRIVATE_TTL_MS && timestamp <= latest)
      .map(({ firstStored, ...message }) => {
        const isPossible = firstStored !== undefined && firstStored <= latest
        return isPossible ? { ...message, firstStored } : message
      }),
    tombstones: tombstones.filter(
      ({ since, until }) => since <= latest && until > now && until <= latest + MAX_PRIVATE_TTL_MS,
    ),
    revocations: revocations.filter(({ changed }) => changed <= latest),
  }
}

/** Of ends that a member has for messages those that can be. */
export function plausibleExpiries(records: readonly ExpiryRecord[], now: number): readonly ExpiryRecord[] {
  const latest = now + toleranceMs
  return records.filter(
    ({ expiry, edited }) => expiry > now && expiry <= latest + MAX_PRIVATE_TTL_MS && edited <= latest,
  )
}

/** The account is served here, and the sender serves it too or did so before the last changes. Spec 70, X6. */
function requireAccount(owner: SwarmOwner, sender: NodeId, { served, handovers }: ReplicaParts): void {
  const isAllowed = served.others().includes(sender) || handovers.hasServed(sender, owner)
  if (!served.serves(owner) || !isAllowed) throw new ReplicaError('replica.other-swarm')
}

function rateOf(sender: NodeId, rates: Map<NodeId, TokenBucket>, { clock, limits }: ReplicaParts): TokenBucket {
  const now = clock.monotonic()
  const known = rates.get(sender)
  if (known !== undefined) return known
  if (rates.size >= maxRatedNodes) for (const [node, rate] of rates) if (rate.isFull(now)) rates.delete(node)
  const rate = new TokenBucket(limits.recordRate, limits.recordBurst, now)
  rates.set(sender, rate)
  return rate
}

const maxRatedNodes = 256

async function forMembers(
  sender: NodeId,
  parts: ReplicaParts,
  run: () => Promise<MethodAnswer>,
): Promise<MethodAnswer> {
  return parts.served.others().includes(sender) ? guarded(sender, parts, run) : { status: 403, body: empty }
}

/** Nodes that broke rules before wait; a rule that is broken now is remembered. */
async function guarded(
  sender: NodeId,
  { conduct }: ReplicaParts,
  run: () => Promise<MethodAnswer>,
): Promise<MethodAnswer> {
  if (conduct.isShunned(sender)) return { status: 429, body: empty }
  try {
    return await run()
  } catch (error) {
    if (error instanceof NodeStoreError && error.code === 'node-store.full')
      return { status: 503, body: utf8Encode('full') }
    if (!(error instanceof ReplicaError)) throw error
    if (error.code === 'replica.other-swarm') return { status: 421, body: empty }
    conduct.strike(sender)
    return { status: 400, body: empty }
  }
}
