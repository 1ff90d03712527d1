import { type NodeId } from '@sotto/protocol/swarm'
import { ManualClock, seededRandom } from '@sotto/testing'
import { expect, test } from 'vitest'
import { Dice } from '../../src/dice.ts'
import { HopPool } from '../../src/guards/hop-pool.ts'
import { productionNetworkLimits } from '../../src/limits.ts'
import { NodeNetworks } from '../../src/paths/node-networks.ts'
import { draftOf, FakeDirectory } from '../fake/fake-list.ts'

const DAY_MS = 86_400_000

function setting(seed: number): {
  readonly pool: HopPool
  readonly guards: readonly NodeId[]
  readonly avoided: Set<NodeId>
  readonly pass: (days: number) => void
} {
  const clock = new ManualClock()
  let days = 0
  const avoided = new Set<NodeId>()
  const directory = new FakeDirectory(Array.from({ length: 30 }, (_, at) => draftOf(at, {})))
  const guards = directory
    .list()
    .nodes.slice(0, 3)
    .map(({ ed25519 }) => ed25519)
  const pool = new HopPool({
    directory,
    dice: new Dice(seededRandom(seed)),
    networks: new NodeNetworks(false),
    limits: productionNetworkLimits.guards,
    now: () => clock.now() + days * DAY_MS,
    guards: () => guards,
    isAvoided: id => avoided.has(id),
    onChange: () => {},
  })
  pool.maintain()
  const pass = (more: number): void => {
    days += more
    pool.maintain()
  }
  return { pool, guards, avoided, pass }
}

test('four second hops, none of them a guard', () => {
  const { pool, guards } = setting(1)
  const ids = pool.usable().map(({ ed25519 }) => ed25519)
  expect(new Set(ids).size).toBe(4)
  for (const guard of guards) expect(ids).not.toContain(guard)
})

test('kept for 1 to 12 days, and longer ones more often', () => {
  const lives: number[] = []
  for (let seed = 0; seed < 30; seed++) {
    const { pool, pass } = setting(seed)
    const [first] = pool.saved()
    let days = 0
    while (pool.saved().some(hop => hop === first)) {
      pass(0.25)
      days += 0.25
    }
    lives.push(days)
  }
  expect(Math.min(...lives)).toBeGreaterThanOrEqual(1)
  expect(Math.max(...lives)).toBeLessThanOrEqual(12.25)
  const mean = lives.reduce((sum, life) => sum + life, 0) / lives.length
  expect(mean).toBeGreaterThan(7)
})

test('one that is avoided is left out; if all are, all are replaced', () => {
  const { pool, avoided, pass } = setting(2)
  const ids = pool.usable().map(({ ed25519 }) => ed25519)
  for (const id of ids.slice(0, 3)) avoided.add(id)
  pass(0)
  expect(pool.usable().map(({ ed25519 }) => ed25519)).toEqual(ids.slice(3))
  for (const id of ids) avoided.add(id)
  pass(0)
  expect(pool.usable().length).toBe(4)
  for (const id of ids) expect(pool.usable().map(({ ed25519 }) => ed25519)).not.toContain(id)
})

test('one that a wrong clock would keep for ever is replaced', () => {
  const { pool, pass } = setting(3)
  const [first] = pool.saved()
  if (first !== undefined) pool.restore([{ ...first, until: first.until + 100 * DAY_MS }])
  pass(0)
  for (const { until } of pool.saved()) expect(until).toBeLessThan((first?.until ?? 0) + 12 * DAY_MS)
})
