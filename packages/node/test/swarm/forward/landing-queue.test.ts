import { ManualClock } from '@sotto/testing'
import { expect, test } from 'vitest'
import { nodeIdentityOf } from '../../../src/rpc/node-identity.ts'
import { forwardIdOf, type Landing } from '../../../src/store/port/forward.ts'
import { LandingQueue } from '../../../src/swarm/forward/landing-queue.ts'
import { nodeKeys } from '../local-swarm.ts'

const peer = nodeIdentityOf(nodeKeys(1)).id

function setUp() {
  const clock = new ManualClock()
  const writes: (readonly Landing[])[] = []
  const landed: Landing[] = []
  const failures: unknown[] = []
  const land = async (landings: readonly Landing[]): Promise<number> => {
    writes.push(landings)
    if (landings.some(({ forward }) => forward === 99)) throw new Error('disk')
    return 0
  }
  const queue = new LandingQueue({
    store: { land },
    clock,
    lingerMs: 100,
    onLanded: landings => void landed.push(...landings),
    onFailure: cause => void failures.push(cause),
  })
  return { clock, writes, landed, failures, queue }
}

const reached = (id: number): Landing => ({ forward: forwardIdOf(id), unreached: [] })
const missed = (id: number): Landing => ({ forward: forwardIdOf(id), unreached: [peer] })

test('what has reached everybody waits for more of its kind', async () => {
  const { clock, writes, landed, queue } = setUp()
  queue.add(reached(1))
  await clock.advance(60)
  queue.add(reached(2))
  await clock.advance(39)
  expect(writes).toEqual([])
  await clock.advance(1)
  expect(writes).toEqual([[reached(1), reached(2)]])
  queue.add(reached(3))
  await clock.advance(99)
  expect(writes).toHaveLength(1)
  await clock.advance(1)
  expect(landed).toEqual([reached(1), reached(2), reached(3)])
})

test('what somebody did not get waits for nothing, and takes along what does', async () => {
  const { clock, writes, queue } = setUp()
  queue.add(missed(1))
  await clock.advance(0)
  expect(writes).toEqual([[missed(1)]])
  queue.add(reached(2))
  await clock.advance(10)
  queue.add(missed(3))
  await clock.advance(0)
  expect(writes).toEqual([[missed(1)], [reached(2), missed(3)]])
  queue.add(reached(4))
  await clock.advance(50)
  expect(writes).toHaveLength(2)
})

test('at the end nothing lingers', async () => {
  const { clock, writes, queue } = setUp()
  queue.add(reached(1))
  await clock.advance(10)
  await queue.drain()
  expect(writes).toEqual([[reached(1)]])
  queue.add(reached(2))
  await queue.drain()
  expect(writes).toHaveLength(2)
})

test('a write that fails is told of, and the next one is made', async () => {
  const { clock, writes, failures, queue } = setUp()
  queue.add(reached(99))
  await clock.advance(100)
  expect(failures).toHaveLength(1)
  queue.add(reached(1))
  await clock.advance(100)
  expect(writes).toHaveLength(2)
})
