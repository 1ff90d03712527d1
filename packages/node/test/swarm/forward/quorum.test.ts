import { type NodeId } from '@sotto/protocol/swarm'
import { expect, test } from 'vitest'
import { nodeIdentityOf } from '../../../src/rpc/node-identity.ts'
import { gatherQuorum } from '../../../src/swarm/forward/quorum.ts'
import { nodeKeys } from '../local-swarm.ts'

const ids: readonly NodeId[] = [0, 1, 2, 3, 4].map(key => nodeIdentityOf(nodeKeys(key)).id)
const done = { kind: 'done' } as const
const failed = { kind: 'failed' } as const
const timeout = { kind: 'failed', failure: { kind: 'timeout' } }
type Answer = typeof done | typeof failed
const never = new Promise<Answer>(() => undefined)

function gather(answers: readonly Promise<Answer>[], grace: () => Promise<void>) {
  return gatherQuorum(
    answers.map((answer, at) => ({ id: ids[at] ?? ('' as NodeId), answer })),
    grace,
  )
}

test('a majority is waited for, the rest only for a moment', async () => {
  const answers = [done, done, done].map(answer => Promise.resolve(answer))
  const reply = await gather([...answers, never, never], () => Promise.resolve())
  expect([...reply.values()]).toEqual([done, done, done, timeout, timeout])
  expect([...reply.keys()]).toEqual(ids)
})

test('the moment is not waited for if everybody has answered', async () => {
  const reply = await gather(
    Array.from({ length: 5 }, () => Promise.resolve(done)),
    async () => void (await never),
  )
  expect([...reply.values()]).toEqual(Array.from({ length: 5 }, () => done))
})

test('without a majority everybody is waited for', async () => {
  const last = Promise.withResolvers<Answer>()
  let isOver = false
  const gathering = gather(
    [done, done, failed, failed].map(each => Promise.resolve<Answer>(each)).concat(last.promise),
    async () => undefined,
  )
  const watch = async (): Promise<void> => {
    await gathering
    isOver = true
  }
  void watch()
  for (let turn = 0; turn < 50; turn++) await Promise.resolve()
  expect(isOver).toBe(false)
  last.resolve(failed)
  expect([...(await gathering).values()]).toEqual([done, done, failed, failed, failed])
})

test('a node alone is its own majority', async () => {
  expect([...(await gather([Promise.resolve(done)], async () => void (await never))).values()]).toEqual([done])
})

test('a grace that is broken off ends the wait', async () => {
  const reply = await gather([Promise.resolve(done), Promise.resolve(done), never], () =>
    Promise.reject(new Error('stop')),
  )
  expect([...reply.values()]).toEqual([done, done, timeout])
})
