import { type MethodName, type MethodParams, type StorageRequest } from '@sotto/protocol/storage'
import { type SwarmOwner } from '@sotto/protocol/swarm'
import { type NodeEntry } from '@sotto/registry'
import { NetworkError } from '../network-error.ts'
import { type Path } from '../paths/path.ts'
import { askMember, type MemberSaid } from './ask-member.ts'
import { type AttemptContext, type Attempted, tryUntil } from './attempts.ts'
import { chooseMember, findSwarm, noSwarm } from './find-swarm.ts'
import { isClockStatus, Refusals } from './refusals.ts'
import { attemptPorts, begin, resync } from './session-call.ts'
import { type SessionPorts } from './session-ports.ts'
import { type MemberReply, type RequestOptions } from './swarm-session.ts'

/** What is remembered from attempt to attempt. */
interface Progress {
  readonly asked: Set<string>
  readonly refusals: Refusals
  path: Path | undefined
}

/** See `SwarmSession.request`. */
export async function requestMember<M extends MethodName>(
  ports: SessionPorts,
  owner: SwarmOwner,
  method: M,
  build: (now: number) => MethodParams[M],
  options: RequestOptions,
): Promise<MemberReply<M>> {
  const limits = await begin(ports, options)
  const progress: Progress = { asked: new Set(), refusals: new Refusals(), path: undefined }
  return tryUntil(attemptPorts(ports), limits, async context => {
    const swarm = await findSwarm(ports, owner, context)
    const member = pinned(ports, options) ?? chooseMember(ports, swarm, progress.asked)
    if (member === undefined) return { kind: 'again', error: noSwarm() }
    progress.asked.add(member.ed25519)
    const request = { method, params: build(ports.time.now()) } as unknown as StorageRequest<M>
    const said = await askMember(ports, { owner, swarm, member, request, not: progress.path, ...context })
    progress.path = said.path
    const candidates = options.member === undefined ? swarm.length : 1
    return conclude(ports, said, { member, candidates, refusals: progress.refusals, context })
  })
}

/** @throws {NetworkError} `network.no-swarm` if the member is no node */
function pinned({ directory }: SessionPorts, { member }: RequestOptions): NodeEntry | undefined {
  if (member === undefined) return undefined
  const node = directory.byId(member)
  if (node === undefined) throw noSwarm()
  return node
}

interface Conclusion {
  readonly member: NodeEntry
  readonly candidates: number
  readonly refusals: Refusals
  readonly context: AttemptContext
}

async function conclude<M extends MethodName>(
  ports: SessionPorts,
  said: MemberSaid<M>,
  { member, candidates, refusals, context }: Conclusion,
): Promise<Attempted<MemberReply<M>>> {
  switch (said.kind) {
    case 'reply': {
      const { status, reply } = said.replied
      return { kind: 'done', result: { status, reply, member: member.ed25519 } }
    }
    case 'refused': {
      const { error, isFinal } = refusals.note(said.refused, member.ed25519, candidates)
      if (isFinal) throw error
      if (isClockStatus(said.refused.status)) await resync(ports, context)
      return { kind: 'again', error }
    }
    case 'wrong-swarm':
      return { kind: 'again', error: new NetworkError('network.no-swarm', { status: 421 }) }
    case 'failed':
      if (said.error.code === 'network.too-large') throw said.error
      return { kind: 'again', error: said.error }
  }
}
