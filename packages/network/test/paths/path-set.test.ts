import { type NodeEntry } from '@sotto/registry'
import { ManualClock, seededRandom } from '@sotto/testing'
import { expect, test } from 'vitest'
import { Dice } from '../../src/dice.ts'
import { productionNetworkLimits } from '../../src/limits.ts'
import { PathKeeper } from '../../src/paths/path-keeper.ts'
import { draftOf, FakeDirectory } from '../fake/fake-list.ts'

function setting(size: number): {
  readonly keeper: PathKeeper
  readonly nodes: readonly NodeEntry[]
  readonly clock: ManualClock
} {
  const clock = new ManualClock()
  const directory = new FakeDirectory(Array.from({ length: size }, (_, at) => draftOf(at, {})))
  const keeper = new PathKeeper({
    directory,
    clock,
    dice: new Dice(seededRandom(4)),
    limits: productionNetworkLimits,
    isLocal: false,
    now: () => clock.now(),
    onChange: () => {},
  })
  keeper.guards.fill()
  keeper.pool.maintain()
  return { keeper, clock, nodes: directory.list().nodes }
}

test('two paths are ready before anybody asks, one through each guard, and are used again', () => {
  const { keeper } = setting(40)
  const paths = keeper.open('own')
  const ready = [...paths.paths]
  expect(new Set(ready.map(path => path.guard?.ed25519)).size).toBe(2)
  const taken = new Set(Array.from({ length: 50 }, () => paths.take({})))
  expect(taken).toEqual(new Set(ready))
})

test('where every path stands near the swarm, paths are still used again', () => {
  const { keeper, nodes } = setting(12)
  const paths = keeper.open('own')
  const taken = new Set(
    Array.from({ length: 200 }, (_, at) => {
      const destination = nodes[at % 12]
      return paths.take({ swarm: nodes, ...(destination === undefined ? {} : { destination: destination.ed25519 }) })
    }),
  )
  expect(taken.size).toBeLessThanOrEqual(12)
  expect(paths.paths.length).toBeLessThanOrEqual(productionNetworkLimits.pathsPerClass)
})

test('a destination on every path gets one of its own, without it', () => {
  const { keeper } = setting(40)
  const paths = keeper.open('own')
  const destinations = paths.paths.flatMap(({ hops }) => hops.slice(1))
  for (const { ed25519 } of destinations) expect(paths.take({ destination: ed25519 }).has(ed25519)).toBe(false)
})

test('after a failure another path is taken, which shares no hop beyond the guard', () => {
  const { keeper } = setting(40)
  const paths = keeper.open('own')
  for (let count = 0; count < 20; count++) {
    const not = paths.take({})
    const other = paths.take({ not })
    expect(other).not.toBe(not)
    for (const hop of not.hops.slice(1)) expect(other.hops.slice(1)).not.toContain(hop)
  }
})

test('each path gives a node one strike, however often it is blamed', () => {
  const { keeper } = setting(40)
  const path = keeper.open('own').take({})
  const hop = path.hops[1]?.ed25519
  for (let count = 0; count < 5; count++) {
    keeper.failed(path, { kind: 'plain', status: 502, text: '' }, { kind: 'suspected', at: 1, destinationGone: false })
  }
  expect(path.isRetired).toBe(true)
  expect(hop === undefined ? true : keeper.strikes.isAvoided(hop)).toBe(false)
  expect(keeper.strikes.saved().map(({ count }) => count)).toEqual([1])
  expect(keeper.open('own').take({})).not.toBe(path)
})

test('three unexplained failures in a row end a path; a success in between does not', () => {
  const { keeper } = setting(40)
  const path = keeper.open('own').take({})
  const fail = (): boolean => keeper.failed(path, { kind: 'no-answer' }, { kind: 'unknown' })
  expect([fail(), fail()]).toEqual([true, true])
  keeper.succeeded(path)
  expect([fail(), fail(), path.isRetired, fail(), path.isRetired]).toEqual([true, true, false, false, true])
  expect(path.view().failure?.kind).toBe('timed-out')
})

test('a guard that swallows everything is left after three paths', () => {
  const { keeper } = setting(40)
  const [first, second] = keeper.guards.usable()
  for (let count = 0; count < 3; count++) {
    const path = keeper.open(`class ${count}`).paths.find(({ guard }) => guard === first)
    if (path !== undefined) keeper.failed(path, { kind: 'no-answer' }, { kind: 'unknown' })
  }
  expect(keeper.guards.usable()).not.toContain(first)
  expect(keeper.guards.usable()).toContain(second)
})

test('what a server or the request itself is at fault for is held against nobody', () => {
  const { keeper } = setting(40)
  const path = keeper.open('own').take({})
  for (const kind of ['server', 'request', 'answered'] as const) {
    expect(keeper.failed(path, { kind: 'plain', status: 502, text: '' }, { kind })).toBe(false)
  }
  expect(path.view()).toMatchObject({ state: 'new' })
  expect(keeper.strikes.saved()).toEqual([])
})

test('a path is over after about ten minutes', async () => {
  const { keeper, clock } = setting(40)
  const paths = keeper.open('own')
  const before = new Set(paths.paths)
  await clock.advance(0.69 * 600_000)
  expect(before).toContain(paths.take({}))
  await clock.advance(0.62 * 600_000)
  expect(before).not.toContain(paths.take({}))
})
