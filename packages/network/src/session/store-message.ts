import {
  type MessageHash,
  type StoreParams,
  type StoreResult,
  type StorageRequest,
  type MemberReply as Member,
} from '@sotto/protocol/storage'
import { type NodeId, type SwarmOwner } from '@sotto/protocol/swarm'
import { type NodeEntry } from '@sotto/registry'
import { NetworkError } from '../network-error.ts'
import { isNative } from '../paths/native.ts'
import { type Path } from '../paths/path.ts'
import { askMember } from './ask-member.ts'
import { type Attempted, tryUntil } from './attempts.ts'
import { chooseMember, findSwarm, noSwarm } from './find-swarm.ts'
import { isClockStatus, Refusals } from './refusals.ts'
import { attemptPorts, begin, resync } from './session-call.ts'
import { type SessionPorts } from './session-ports.ts'
import { type CallOptions, type StoreReceipt } from './swarm-session.ts'

/** How many members of a swarm must have signed for a message. Spec 70 §8. */
export function neededConfirmations(swarm: readonly NodeEntry[]): number {
  const isAllNative = swarm.every(member => isNative(member))
  return isAllNative ? Math.ceil((swarm.length + 1) / 2) : Math.min(2, swarm.length)
}

/** See `SwarmSession.store`. */
export async function storeMessage(
  ports: SessionPorts,
  owner: SwarmOwner,
  build: (now: number) => StoreParams,
  options: CallOptions,
): Promise<StoreReceipt> {
  const limits = await begin(ports, options)
  const asked = new Set<string>()
  const confirmed = new Map<NodeId, MessageHash>()
  const refusals = new Refusals()
  let not: Path | undefined
  return tryUntil(attemptPorts(ports), limits, async context => {
    const swarm = await findSwarm(ports, owner, context)
    const member = chooseMember(ports, swarm, new Set([...asked, ...confirmed.keys()]))
    if (member === undefined) return { kind: 'again', error: noSwarm() }
    asked.add(member.ed25519)
    const request = { method: 'store', params: build(ports.time.now()) } as const satisfies StorageRequest<'store'>
    const said = await askMember(ports, { owner, swarm, member, request, not, ...context })
    not = said.path
    if (said.kind === 'reply') {
      for (const [id, result] of said.replied.reply.swarm) noteConfirmation(confirmed, id, result)
      return receiptOf(confirmed, swarm, ports.time.now())
    }
    if (said.kind === 'wrong-swarm')
      return { kind: 'again', error: new NetworkError('network.no-swarm', { status: 421 }) }
    if (said.kind === 'failed') return { kind: 'again', error: said.error }
    const { error, isFinal } = refusals.note(said.refused, member.ed25519, swarm.length)
    if (isFinal) throw error
    if (isClockStatus(said.refused.status)) await resync(ports, context)
    return { kind: 'again', error }
  })
}

/** Only what was verified is left in a reply. */
function noteConfirmation(confirmed: Map<NodeId, MessageHash>, id: NodeId, member: Member<StoreResult>): void {
  if (member.kind === 'done') confirmed.set(id, member.result.hash)
}

function receiptOf(
  confirmed: ReadonlyMap<NodeId, MessageHash>,
  swarm: readonly NodeEntry[],
  now: number,
): Attempted<StoreReceipt> {
  const confirmedBy = swarm.map(({ ed25519 }) => ed25519).filter(id => confirmed.has(id))
  const needed = neededConfirmations(swarm)
  const [hash] = confirmed.values()
  if (hash === undefined || confirmedBy.length < needed) {
    const error = new NetworkError('network.no-quorum', { confirmed: confirmedBy.length, needed })
    return { kind: 'again', error }
  }
  return { kind: 'done', result: { hash, confirmedBy, storedAt: now } }
}
