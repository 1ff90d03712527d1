import { type NodeId } from '@sotto/protocol/swarm'

interface Answer {
  readonly kind: 'done' | 'failed'
}

/** What stands for a member that has not answered in time. Spec 20 §3.5. */
const late = { kind: 'failed', failure: { kind: 'timeout' } } as const

/**
 * Waits until more than half of the members have done it, and then for the rest as long as `grace` lasts; or, if that many
 * cannot be had, until everybody has answered. The answers must not reject. In the order of the members. Spec 70, X13, §8.
 */
export function gatherQuorum<Member extends Answer>(
  members: readonly { readonly id: NodeId; readonly answer: Promise<Member> }[],
  grace: () => Promise<void>,
): Promise<ReadonlyMap<NodeId, Member | typeof late>> {
  const answers = new Map<NodeId, Member>()
  const needed = Math.floor(members.length / 2) + 1
  let done = 0
  // One promise and one callback for each answer: every write of the network passes here.
  return new Promise(resolve => {
    const end = (): void => resolve(new Map(members.map(({ id }) => [id, answers.get(id) ?? late])))
    for (const { id, answer } of members) {
      const take = (member: Member): void => {
        answers.set(id, member)
        if (answers.size === members.length) return end()
        if (member.kind === 'done' && ++done === needed) grace().then(end, end)
      }
      void answer.then(take)
    }
  })
}
