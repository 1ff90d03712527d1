import { type NodeId, nodeIdOf } from '@sotto/protocol/swarm'
import { ManualClock, seededRandom } from '@sotto/testing'
import { assert, array, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { Dice } from '../../src/dice.ts'
import { productionNetworkLimits } from '../../src/limits.ts'
import { MedianTime } from '../../src/time/median-time.ts'
import { median, type TimeSample } from '../../src/time/time-round.ts'
import { failureOf } from '../fake/fake-client.ts'
import { nodeKeys } from '../fake/fake-list.ts'

const { time: limits } = productionNetworkLimits
const DAY_MS = 86_400_000

/** What nodes say, in ms beyond the true time. `undefined`: nobody answers. */
interface World {
  readonly clock: ManualClock
  readonly time: MedianTime
  readonly outliers: NodeId[]
  readonly offsets: number[]
  rounds: number
  errors: readonly number[] | undefined
  trueOffset: number
  readonly stop: () => void
}

function world(): World {
  const clock = new ManualClock()
  const stopping = new AbortController()
  const outliers: NodeId[] = []
  const offsets: number[] = []
  const start = clock.now()
  const self: World = {
    clock,
    outliers,
    offsets,
    rounds: 0,
    errors: [0, 0, 0, 0, 0],
    trueOffset: 0,
    stop: () => stopping.abort(),
    time: new MedianTime({
      clock,
      dice: new Dice(seededRandom(3)),
      limits,
      ask: async () => {
        // A test says what they answer after this world was made.
        await Promise.resolve()
        self.rounds += 1
        return (self.errors ?? []).map((error, at): TimeSample => {
          return { id: nodeIdOf(nodeKeys(at).publicKey), offset: start + self.trueOffset + error }
        })
      },
      onOutlier: id => outliers.push(id),
      onFirst: offset => offsets.push(offset),
      signal: stopping.signal,
    }),
  }
  void self.time.run().catch(() => {})
  return self
}

test('before anybody answers it is the time of the device', async () => {
  const it = world()
  it.errors = undefined
  await it.clock.advance(1000)
  expect(it.time.isSettled()).toBe(false)
  expect(it.time.now()).toBe(it.clock.now())
  expect(it.time.offset()).toBe(0)
  it.stop()
})

test.for([1000, 61_000, 3_600_000, DAY_MS, 3650 * DAY_MS, -1000, -61_000, -3_600_000, -DAY_MS, -3650 * DAY_MS])(
  'a device wrong by %i ms at the start is put right by the first round',
  async error => {
    const it = world()
    it.trueOffset = -error
    let changes = 0
    it.time.onChange(() => (changes += 1))
    await it.clock.advance(10)
    expect(it.time.isSettled()).toBe(true)
    expect(it.time.offset()).toBe(-error)
    expect(it.time.now()).toBe(it.clock.now() - error)
    expect(it.offsets).toEqual([-error])
    expect(changes).toBe(1)
    it.stop()
  },
)

test('two of five may lie as they like, and are noticed', async () => {
  const it = world()
  it.errors = [DAY_MS, 20, -10, 0, -DAY_MS]
  await it.clock.advance(10)
  expect(it.time.offset()).toBe(0)
  expect(it.outliers).toEqual([0, 4].map(at => nodeIdOf(nodeKeys(at).publicKey)))
  it.stop()
})

test('two answers are too few', async () => {
  const it = world()
  it.errors = [DAY_MS, DAY_MS]
  await it.clock.advance(10)
  expect(it.time.isSettled()).toBe(false)
  it.errors = [0, 0, 0]
  await it.clock.advance(5000)
  expect(it.time.isSettled()).toBe(true)
  it.stop()
})

test('a later step is taken only when a second round agrees', async () => {
  const it = world()
  await it.clock.advance(10)
  it.errors = Array.from({ length: 5 }, () => 100_000)
  await it.clock.advance(1.3 * limits.everyMs)
  const { rounds } = it
  expect(rounds).toBeGreaterThanOrEqual(2)
  it.errors = [0, 0, 0, 0, 0]
  await it.clock.advance(limits.confirmMs)
  expect(Math.abs(it.time.offset())).toBeLessThanOrEqual(100_000)
  const lied = world()
  await lied.clock.advance(10)
  lied.errors = Array.from({ length: 5 }, () => 100_000)
  for (let seconds = 0; lied.rounds < 2; seconds++) await lied.clock.advance(1000)
  expect(lied.time.offset()).toBe(0)
  lied.errors = [0, 0, 0, 0, 0]
  await lied.clock.advance(2 * limits.confirmMs)
  expect(lied.time.offset()).toBe(0)
  const moved = world()
  await moved.clock.advance(10)
  moved.errors = Array.from({ length: 5 }, () => 100_000)
  for (let seconds = 0; moved.rounds < 2; seconds++) await moved.clock.advance(1000)
  await moved.clock.advance(limits.confirmMs + 1000)
  expect(moved.time.offset()).toBe(100_000)
  for (const each of [it, lied, moved]) each.stop()
})

test('small steps are taken at once', async () => {
  const it = world()
  await it.clock.advance(10)
  it.errors = [3000, 3000, 3000, 3000, 3000]
  for (let seconds = 0; it.rounds < 2; seconds++) await it.clock.advance(1000)
  expect(it.time.offset()).toBe(3000)
  it.stop()
})

test('the clock of the device is set: network time does not notice', async () => {
  const it = world()
  await it.clock.advance(10)
  const before = it.time.now()
  it.clock.jump(DAY_MS)
  expect(it.time.now()).toBe(before)
  await it.clock.advance(20_000)
  expect(it.time.now()).toBe(before + 20_000)
  expect(it.time.offset()).toBe(-DAY_MS)
  it.stop()
})

test('after sleep, in which monotonic time stood still, the first round is believed', async () => {
  const it = world()
  await it.clock.advance(10)
  it.clock.jump(8 * 3_600_000)
  it.trueOffset = 8 * 3_600_000
  const { rounds } = it
  it.time.now()
  await it.clock.advance(limits.retryMs)
  expect(it.rounds).toBeGreaterThan(rounds)
  expect(it.time.offset()).toBe(0)
  it.stop()
})

test('who has to wait waits for one round, not for answers', async () => {
  const it = world()
  it.errors = undefined
  const controller = new AbortController()
  controller.abort()
  const given = failureOf(it.time.ready(controller.signal))
  await it.time.ready()
  expect(it.rounds).toBe(1)
  expect(await given).toMatchObject({ code: 'network.aborted' })
  it.stop()
})

test('asking because of a refusal does not become a flood', async () => {
  const it = world()
  await it.clock.advance(6000)
  const { rounds } = it
  for (let count = 0; count < 10; count++) await it.time.resync()
  expect(it.rounds).toBe(rounds + 1)
  it.stop()
})

test('the median is between what the honest majority says', () => {
  assert(
    property(array(integer(), { minLength: 3, maxLength: 9 }), array(integer(), { maxLength: 8 }), (honest, liars) => {
      const few = liars.slice(0, Math.floor((honest.length - 1) / 2))
      const middle = median([...honest, ...few])
      expect(middle).toBeGreaterThanOrEqual(Math.min(...honest))
      expect(middle).toBeLessThanOrEqual(Math.max(...honest))
    }),
  )
  expect(median([])).toBeUndefined()
  expect(median([1, 10])).toBe(5.5)
})
