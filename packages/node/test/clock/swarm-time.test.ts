import { type NodeId } from '@sotto/protocol/swarm'
import { ManualClock, seededRandom } from '@sotto/testing'
import { expect, test } from 'vitest'
import { randomBetween } from '../../src/clock/random-number.ts'
import { SwarmTime } from '../../src/clock/swarm-time.ts'
import { nodeIdentityOf } from '../../src/rpc/node-identity.ts'
import { layoutOf, LocalSwarm, nodeKeys } from '../swarm/local-swarm.ts'
import { ask, hashesAt, storeRequest, testUser } from '../swarm/requests.ts'

const others: readonly NodeId[] = [1, 2, 3, 4].map(key => nodeIdentityOf(nodeKeys(key)).id)
const stranger = nodeIdentityOf(nodeKeys(9)).id

function create(): {
  readonly clock: ManualClock
  readonly time: SwarmTime
  readonly tell: (...offsets: readonly number[]) => void
} {
  const clock = new ManualClock()
  const time = new SwarmTime(clock, () => others)
  const tell = (...offsets: readonly number[]): void => {
    for (const [at, offset] of offsets.entries()) time.record(others[at] ?? stranger, offset)
  }
  return { clock, time, tell }
}

test('nothing expires before anybody has told the time, except for a node that is alone', () => {
  const { time, tell } = create()
  expect(time.mayExpire()).toBe(false)
  tell(5, -5, 100, 0)
  expect(time.mayExpire()).toBe(true)
  expect(new SwarmTime(new ManualClock(), () => []).mayExpire()).toBe(true)
})

test('the median decides, not one liar; who is no member does not count', () => {
  const { time, tell } = create()
  tell(0, 10, 20, 10 ** 12)
  expect(time.offset()).toBe(10)
  expect(time.mayExpire()).toBe(true)
  time.record(stranger, 10 ** 12)
  expect(time.offset()).toBe(10)
  tell(40_000, 40_000, 40_000, 0)
  expect(time.mayExpire()).toBe(false)
})

test('old answers say nothing', async () => {
  const { time, tell, clock } = create()
  tell(0, 0, 0, 0)
  await clock.advance(1_000_000)
  expect(time.offset()).toBeUndefined()
  expect(time.mayExpire()).toBe(false)
})

const hour = 3_600_000
const year = 365 * 24 * hour

test.for([1_000, 59_000, -59_000])('a step of %i ms needs no confirmation', step => {
  const { time, tell, clock } = create()
  tell(0, 0, 0, 0)
  clock.jump(step)
  tell(0, 0, 0, 0)
  expect(time.mayExpire()).toBe(true)
})

test.for([61_000, -61_000, hour, -hour, 24 * hour, 10 * year, -10 * year])(
  'after a step of %i ms, two rounds must agree',
  async step => {
    const { time, tell, clock } = create()
    tell(0, 0, 0, 0)
    clock.jump(step)
    expect(time.mayExpire()).toBe(false)
    tell(-step, -step, -step, -step)
    await clock.advance(30_000)
    tell(-step, -step, -step, -step)
    expect(time.mayExpire()).toBe(false)
    for (const agreed of [false, false, true]) {
      tell(0, 0, 0, 0)
      expect(time.mayExpire()).toBe(agreed)
      // The same round: it says nothing new.
      tell(0, 0, 0, 0)
      expect(time.mayExpire()).toBe(agreed)
      await clock.advance(30_000)
    }
  },
)

test('slow corrections add up and are no step', async () => {
  const { time, tell, clock } = create()
  for (let at = 0; at < 100; at++) {
    clock.jump(1_000)
    await clock.advance(1_000)
    tell(0, 0, 0, 0)
  }
  expect(time.mayExpire()).toBe(true)
})

test('a node whose clock jumps ten years ahead expires nothing, and what it keeps is there again afterwards', async () => {
  await using swarm = new LocalSwarm(layoutOf([[1n, 3]]))
  for (const key of [0, 1]) swarm.add(key)
  const clock = new ManualClock()
  const wrong = swarm.add(2, { clock })
  const together = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 50) {
      await swarm.clock.advance(50)
      await clock.advance(50)
    }
  }
  await together(1_000)
  const user = testUser(1)
  const stored = storeRequest(user.owner, 'hello', swarm.clock.now())
  await ask(swarm, swarm.node(0), stored)
  await together(1_000)
  clock.jump(10 * year)
  await together(900_000)
  expect(hashesAt(wrong, user.owner, clock.now())).toEqual([])
  clock.jump(-10 * year)
  await together(900_000)
  expect(hashesAt(wrong, user.owner, clock.now())).toHaveLength(1)
  await together(2_000)
  // In the end, everybody expires it.
  await wrong.service.stop()
})

test('random times are whole and lie in their range', () => {
  const random = seededRandom(1)
  const drawn = Array.from({ length: 1_000 }, () => randomBetween(random, 5, 10))
  expect(new Set(drawn)).toEqual(new Set([5, 6, 7, 8, 9, 10]))
})
