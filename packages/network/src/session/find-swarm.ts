import { type SwarmOwner } from '@sotto/protocol/swarm'
import { type NodeEntry } from '@sotto/registry'
import { NetworkError } from '../network-error.ts'
import { type AttemptContext } from './attempts.ts'
import { type SessionPorts } from './session-ports.ts'

/** How many nodes are asked where the list has no swarms. */
const ASKED = 3

/** The members of a swarm; asks for them, over this session's paths, if the list does not say. May be empty. */
export async function findSwarm(
  { directory, dice, lookup, paths, caller }: SessionPorts,
  owner: SwarmOwner,
  { timeoutMs, signal }: AttemptContext,
): Promise<readonly NodeEntry[]> {
  const known = lookup.known(owner)
  if (known.length > 0) return known
  const active = directory.list().nodes.filter(({ state }) => state === 'active')
  const nodes = dice.shuffled(active).slice(0, ASKED)
  const request = { method: 'get_swarm', params: { owner } } as const
  return lookup.find(owner, nodes, async node => {
    const path = paths.take({ destination: node.ed25519 })
    const answer = await caller.call({ path, node, request, timeoutMs, signal })
    return answer.kind === 'outcome' && answer.outcome.kind === 'reply' ? answer.outcome.reply : undefined
  })
}

/** One that was not asked yet and is not known to fail; if all were asked, any. Only of none there is none. */
export function chooseMember(
  { dice, keeper }: Pick<SessionPorts, 'dice' | 'keeper'>,
  swarm: readonly NodeEntry[],
  asked: ReadonlySet<string>,
): NodeEntry | undefined {
  const fresh = swarm.filter(({ ed25519 }) => !asked.has(ed25519))
  const good = fresh.filter(({ ed25519 }) => !keeper.strikes.isAvoided(ed25519))
  return dice.pick(good) ?? dice.pick(fresh) ?? dice.pick(swarm)
}

/** No list and no node knows who serves the owner. */
export function noSwarm(): NetworkError {
  return new NetworkError('network.no-swarm')
}
