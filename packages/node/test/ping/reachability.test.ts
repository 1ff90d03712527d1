import { type NodeId } from '@sotto/protocol/swarm'
import { type NodeDirectory, type NodeEntry } from '@sotto/registry'
import { ManualClock, seededRandom } from '@sotto/testing'
import { expect, test } from 'vitest'
import { defaultReachabilityLimits, Reachability } from '../../src/ping/reachability.ts'

const own = '00'.repeat(32) as NodeId
const minute = 60_000

function nodes(count: number): readonly NodeEntry[] {
  return Array.from({ length: count }, (_, at) => ({ ed25519: String(at).padStart(64, '0') }) as NodeEntry)
}

/** Tests of a list of nodes that can be made to fail. */
function setUp(list: readonly NodeEntry[]) {
  const clock = new ManualClock()
  const asked: { readonly id: NodeId; readonly at: number }[] = []
  const failing = new Set<NodeId>()
  const listed = { nodes: list }
  const reachability = new Reachability({
    id: own,
    directory: {
      list: () => listed,
      byId: (id: NodeId) => listed.nodes.find(({ ed25519 }) => ed25519 === id),
    } as unknown as NodeDirectory,
    clock,
    random: seededRandom(3),
    limits: defaultReachabilityLimits,
    test: async ({ ed25519 }) => {
      asked.push({ id: ed25519, at: clock.monotonic() })
      return !failing.has(ed25519)
    },
  })
  const controller = new AbortController()
  return { clock, asked, failing, listed, reachability, controller, done: reachability.run(controller.signal) }
}

test('tests one node about every ten seconds, never itself', async () => {
  const { clock, asked, reachability, controller, done } = setUp(nodes(12))
  await clock.advance(60 * minute)
  controller.abort()
  await done
  expect(asked.length).toBeGreaterThan(300)
  expect(asked.length).toBeLessThan(420)
  expect(asked.every(({ id }) => id !== own)).toBe(true)
  expect(new Set(asked.map(({ id }) => id)).size).toBe(11)
  expect(reachability.stats).toEqual({ tested: asked.length, failed: 0, unreachable: 0 })
})

test('tests a node that failed again, ever more seldom, until it answers', async () => {
  const { clock, asked, failing, reachability, controller, done } = setUp(nodes(2))
  const [, other] = nodes(2)
  if (other === undefined) return expect.fail()
  failing.add(other.ed25519)
  await clock.advance(10 * minute)
  const gaps = asked.slice(1).map(({ at }, index) => at - (asked[index]?.at ?? 0))
  expect(gaps[0]).toBeLessThan(40_000)
  expect(Math.max(...gaps)).toBeLessThanOrEqual(120_200)
  expect(gaps.at(-1)).toBeGreaterThan(80_000)
  expect(reachability.stats).toMatchObject({ failed: asked.length, unreachable: 1 })
  failing.clear()
  await clock.advance(3 * minute)
  expect(reachability.stats.unreachable).toBe(0)
  controller.abort()
  await done
})

test('forgets nodes that left the list, and does nothing where there is no other', async () => {
  const { clock, asked, failing, listed, reachability, controller, done } = setUp(nodes(2))
  for (const { ed25519 } of nodes(2)) failing.add(ed25519)
  await clock.advance(minute)
  expect(reachability.stats.unreachable).toBe(1)
  listed.nodes = nodes(1)
  const before = asked.length
  await clock.advance(10 * minute)
  expect(asked.length).toBe(before)
  expect(reachability.stats.unreachable).toBe(0)
  controller.abort()
  await done
})
