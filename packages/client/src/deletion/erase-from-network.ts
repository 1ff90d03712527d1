import { type NodeId } from '@sotto/protocol/swarm'
import { signRequest, userSigner } from '@sotto/protocol/storage'
import { type EngineContext } from '../engine/context.ts'
import { DeletionError } from './deletion-error.ts'

/** For the whole step. Spec 50 §9.10. */
const DEADLINE_MS = 15_000

/**
 * Has every member of the own swarm delete everything of this account, in all namespaces, and counts only what they signed.
 * @throws {DeletionError} `deletion.not-confirmed` with how many of how many members confirmed it
 * @throws {NetworkError}
 */
export async function eraseFromNetwork(context: EngineContext): Promise<{ readonly members: number }> {
  const { clock, own, stopped, swarm } = context
  const end = clock.monotonic() + DEADLINE_MS
  const left = () => ({ deadlineMs: Math.max(1, end - clock.monotonic()), signal: stopped })
  const members = (await swarm.swarm(own, left())).map(({ ed25519 }) => ed25519)
  const confirmed = new Set<NodeId>()
  const missing = () => members.filter(id => !confirmed.has(id))
  for (const id of await eraseAt(undefined, context, left())) confirmed.add(id)
  // Who was not reached by the first one may be reached directly.
  for (const member of missing()) {
    if (confirmed.has(member) || clock.monotonic() >= end) continue
    for (const id of await eraseAt(member, context, left()).catch(() => [])) confirmed.add(id)
  }
  if (members.length === 0 || missing().length > 0) {
    throw new DeletionError('deletion.not-confirmed', {
      confirmed: members.length - missing().length,
      members: members.length,
    })
  }
  return { members: members.length }
}

/** Who signed that it has nothing more of this account. */
async function eraseAt(
  member: NodeId | undefined,
  { keys, own, swarm }: EngineContext,
  options: { readonly deadlineMs: number; readonly signal: AbortSignal },
): Promise<readonly NodeId[]> {
  const { reply } = await swarm.request(
    own,
    'delete_all',
    now => signRequest('delete_all', { owner: own, namespace: 'all', timestamp: now }, userSigner(keys.ed25519)).params,
    member === undefined ? options : { ...options, member },
  )
  return [...reply.swarm].filter(([, { kind }]) => kind === 'done').map(([id]) => id)
}
