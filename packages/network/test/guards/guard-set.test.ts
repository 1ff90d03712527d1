import { type NodeId } from '@sotto/protocol/swarm'
import { ManualClock, randomBelow, seededRandom } from '@sotto/testing'
import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { Dice } from '../../src/dice.ts'
import { GuardSet } from '../../src/guards/guard-set.ts'
import { productionNetworkLimits } from '../../src/limits.ts'
import { NodeNetworks } from '../../src/paths/node-networks.ts'
import { draftOf, draftsOf, FakeDirectory } from '../fake/fake-list.ts'

const DAY_MS = 86_400_000
const { guards: limits } = productionNetworkLimits

interface Setting {
  readonly clock: ManualClock
  readonly directory: FakeDirectory
  readonly guards: GuardSet
  /** So many days later. */
  readonly pass: (days: number) => void
}

function setting(seed: number, nodes = 40): Setting {
  let days = 0
  const clock = new ManualClock()
  const directory = new FakeDirectory(Array.from({ length: nodes }, (_, at) => draftOf(at, {})))
  const guards = new GuardSet({
    directory,
    dice: new Dice(seededRandom(seed)),
    networks: new NodeNetworks(false),
    limits,
    now: () => clock.now() + days * DAY_MS,
    monotonic: () => clock.monotonic() + days * DAY_MS,
    onChange: () => {},
  })
  guards.fill()
  const pass = (more: number): void => {
    days += more
    guards.maintain()
  }
  return { clock, directory, guards, pass }
}

test('three guards, two of them in use', () => {
  const { guards } = setting(1)
  expect(guards.ids.length).toBe(3)
  expect(guards.usable().map(({ ed25519 }) => ed25519)).toEqual(guards.ids.slice(0, 2))
})

test('the spare one helps out, and the first comes back', async () => {
  const { guards, clock } = setting(2)
  const [first, second, spare] = guards.ids
  if (first !== undefined) guards.failed(first)
  expect(guards.usable().map(({ ed25519 }) => ed25519)).toEqual([second, spare])
  await clock.advance(limits.suspendMs)
  expect(guards.usable().map(({ ed25519 }) => ed25519)).toEqual([first, second])
})

test('each rest is twice as long, and a success ends it', async () => {
  const { guards, clock } = setting(3)
  const [first = '' as NodeId] = guards.ids
  const restMs = async (): Promise<number> => {
    guards.failed(first)
    const start = clock.monotonic()
    while (guards.usable()[0]?.ed25519 !== first) await clock.advance(1000)
    return clock.monotonic() - start
  }
  expect(await restMs()).toBe(15_000)
  expect(await restMs()).toBe(30_000)
  for (let count = 0; count < 10; count++) guards.failed(first)
  expect(await restMs()).toBe(limits.maxSuspendMs)
  guards.succeeded(first)
  expect(await restMs()).toBe(15_000)
})

test('without any network no guard is given up, and after a while at most two more are tried', () => {
  const { guards, pass } = setting(4)
  const before = guards.ids
  for (const id of before) guards.failed(id)
  expect(guards.usable().length).toBe(2)
  expect(guards.ids).toEqual(before)
  for (let hours = 0; hours < 24 * 30; hours++) {
    for (const { ed25519 } of guards.usable()) guards.failed(ed25519)
    for (const id of guards.ids) guards.failed(id)
    pass(1 / 24)
  }
  expect(guards.ids.slice(0, 3)).toEqual(before)
  expect(guards.ids.length).toBe(limits.maxDifferent)
  expect(guards.isExhausted()).toBe(true)
  if (before[0] !== undefined) guards.succeeded(before[0])
  expect(guards.isExhausted()).toBe(false)
  expect(guards.usable()[0]?.ed25519).toBe(before[0])
})

test('a short outage chooses nobody', async () => {
  const { guards, clock } = setting(5)
  for (let tries = 0; tries < 10; tries++) for (const id of guards.ids) guards.failed(id)
  await clock.advance(limits.allDownMs - 1)
  guards.usable()
  expect(guards.ids.length).toBe(3)
})

test('kept for 90 to 150 days', () => {
  for (let seed = 0; seed < 20; seed++) {
    const { guards, pass } = setting(seed)
    const [first] = guards.ids
    let days = 0
    while (guards.ids.includes(first ?? ('' as NodeId)) && days < 400) {
      pass(1)
      days += 1
    }
    expect(days).toBeGreaterThanOrEqual(90)
    // Others may have to be replaced first: then it stays until choosing another one is allowed again.
    expect(days).toBeLessThanOrEqual(150 + 120)
  }
})

test('one that is missing in two lists and for 20 days is replaced, never sooner', () => {
  const { guards, directory, pass } = setting(6)
  const [gone = '' as NodeId] = guards.ids
  const all = draftsOf(directory)
  directory.change(all.filter(({ ed25519 }) => ed25519 !== gone))
  guards.noteList()
  expect(guards.usable().map(({ ed25519 }) => ed25519)).not.toContain(gone)
  pass(21)
  expect(guards.ids).toContain(gone)
  directory.change(all)
  guards.noteList()
  expect(guards.usable()[0]?.ed25519).toBe(gone)
  directory.change(all.filter(({ ed25519 }) => ed25519 !== gone))
  guards.noteList()
  pass(19)
  directory.change(all.filter(({ ed25519 }) => ed25519 !== gone))
  guards.noteList()
  pass(0.5)
  expect(guards.ids).toContain(gone)
  pass(1)
  expect(guards.ids).not.toContain(gone)
  expect(guards.ids.length).toBe(3)
})

test('survive a restart', () => {
  const { guards } = setting(7)
  const { guards: other } = setting(8)
  const { guards: kept, former } = guards.saved()
  other.restore(kept, former)
  other.fill()
  other.maintain()
  expect(other.ids).toEqual(guards.ids)
})

test('chosen by a wrong clock they are put right', () => {
  const { guards, pass } = setting(9)
  const before = guards.ids
  guards.correct(-3650 * DAY_MS)
  expect(guards.saved().guards.every(({ since }) => since < 1_700_000_000_000)).toBe(true)
  guards.correct(7300 * DAY_MS)
  pass(0)
  expect(guards.ids).toEqual(before)
  const longest = Math.max(...guards.saved().guards.map(({ until }) => until))
  expect(longest).toBeLessThanOrEqual(1_782_000_000_000 + 150 * DAY_MS)
})

test('never more than five different ones within 120 days, whatever fails', () => {
  assert(
    property(integer({ min: 0, max: 1_000_000 }), seed => {
      const { guards, directory, pass } = setting(seed, 60)
      const random = seededRandom(seed + 1)
      const all = draftsOf(directory)
      const seen: { readonly day: number; readonly ids: readonly NodeId[] }[] = []
      for (let day = 0; day < 500; day += 1) {
        if (randomBelow(random, 20) === 0) {
          directory.change(all.filter(() => randomBelow(random, 4) > 0))
          guards.noteList()
        }
        for (const id of guards.ids) {
          const outcome = randomBelow(random, 8)
          if (outcome === 0) guards.succeeded(id)
          if (outcome > 1) for (let times = 0; times < outcome; times++) guards.failed(id)
        }
        guards.usable()
        pass(1)
        seen.push({ day, ids: guards.ids })
      }
      for (const { day } of seen) {
        const window = seen.filter(each => each.day > day - 120 && each.day <= day)
        expect(new Set(window.flatMap(({ ids }) => ids)).size).toBeLessThanOrEqual(limits.maxDifferent)
      }
    }),
    { numRuns: 3 },
  )
})

test('guards stand in different networks', () => {
  const clock = new ManualClock()
  const directory = new FakeDirectory(
    Array.from({ length: 20 }, (_, at) => draftOf(at, { ip: `20.${at % 2}.0.${at + 1}` })),
  )
  const options = { directory, limits, now: () => clock.now(), monotonic: () => clock.monotonic(), onChange: () => {} }
  const dice = new Dice(seededRandom(1))
  const apart = new GuardSet({ ...options, dice, networks: new NodeNetworks(false) })
  apart.fill()
  expect(apart.ids.length).toBe(2)
  const local = new GuardSet({ ...options, dice, networks: new NodeNetworks(true) })
  local.fill()
  expect(local.ids.length).toBe(3)
})
