import { type MethodName, type Outcome, type Refused, type Replied, type StorageRequest } from '@sotto/protocol/storage'
import { type SwarmOwner } from '@sotto/protocol/swarm'
import { type NodeEntry } from '@sotto/registry'
import { NetworkError } from '../network-error.ts'
import { type Bucket } from '../onion/padded-size.ts'
import { type Path } from '../paths/path.ts'
import { type SessionPorts } from './session-ports.ts'
import { verifyReplied } from './verified-reply.ts'

/** One request to one member. */
export interface MemberAsk<M extends MethodName> {
  readonly owner: SwarmOwner
  readonly swarm: readonly NodeEntry[]
  readonly member: NodeEntry
  readonly request: StorageRequest<M>
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
  /** Rather over another path. */
  readonly not?: Path | undefined
  readonly bucket?: Bucket
  /** The caller verifies what messages are believed. */
  readonly isRaw?: boolean
}

/** What a member said, as far as it can be believed. */
export type MemberSaid<M extends MethodName> =
  | { readonly kind: 'reply'; readonly replied: Replied<M>; readonly path: Path }
  | { readonly kind: 'refused'; readonly refused: Refused; readonly path: Path }
  /** It says that it serves somebody else. */
  | { readonly kind: 'wrong-swarm'; readonly path: Path }
  | { readonly kind: 'failed'; readonly error: NetworkError; readonly path: Path }

/**
 * Asks once, and draws from the answer what concerns the member and its swarm.
 * @throws {NetworkError} `network.no-nodes`, `network.too-many-guards`, `network.aborted`, `network.too-large`
 */
export async function askMember<M extends MethodName>(ports: SessionPorts, ask: MemberAsk<M>): Promise<MemberSaid<M>> {
  const { member, swarm, request, timeoutMs, signal, not, bucket } = ask
  const path = ports.paths.take({ destination: member.ed25519, swarm, ...(not === undefined ? {} : { not }) })
  const call = { path, node: member, request, timeoutMs, signal }
  const answer = await ports.caller.call(bucket === undefined ? call : { ...call, bucket })
  if (answer.kind === 'failed') return { kind: 'failed', error: answer.error, path }
  return judge(ports, ask, answer.outcome, path)
}

function judge<M extends MethodName>(
  { lookup, keeper }: SessionPorts,
  { owner, swarm, member, request, isRaw }: MemberAsk<M>,
  outcome: Outcome<M>,
  path: Path,
): MemberSaid<M> {
  if (outcome.kind === 'wrong-swarm') {
    if (outcome.swarm !== undefined) lookup.claim(owner, member.ed25519, outcome.swarm)
    return { kind: 'wrong-swarm', path }
  }
  if (outcome.kind === 'refused') {
    if (outcome.status >= 500) keeper.strike(path, member.ed25519)
    return { kind: 'refused', refused: outcome, path }
  }
  if (isRaw === true) return { kind: 'reply', replied: outcome, path }
  const members = new Set(swarm.map(({ ed25519 }) => ed25519)).add(member.ed25519)
  const { replied, isWorthless } = verifyReplied(request, outcome, members)
  if (!isWorthless) {
    lookup.confirm(owner, member.ed25519)
    return { kind: 'reply', replied, path }
  }
  keeper.strike(path, member.ed25519)
  return { kind: 'failed', error: new NetworkError('network.bad-reply'), path }
}
