import { type NodeEntry } from '@sotto/registry'
import { expect, test } from 'vitest'
import { Abilities } from '../../src/swarm/abilities.ts'
import { draftOf, FakeDirectory } from '../fake/fake-list.ts'

const DAY_MS = 86_400_000

function setting(): {
  readonly abilities: Abilities
  readonly clock: { now: number }
  readonly nodes: readonly NodeEntry[]
} {
  const clock = { now: 1_000_000 }
  const directory = new FakeDirectory([draftOf(0, {}), draftOf(1, { capabilities: [] })])
  const abilities = new Abilities({ now: () => clock.now, lifeMs: DAY_MS, onChange: () => {} })
  return { abilities, clock, nodes: directory.list().nodes }
}

test('the list counts until something else was seen, and again after a day', () => {
  const { abilities, clock, nodes } = setting()
  const [ours, theirs] = nodes
  if (ours === undefined || theirs === undefined) throw new Error('no nodes')
  expect([abilities.canHold(ours), abilities.canHold(theirs)]).toEqual([true, false])
  expect([abilities.isUnknown(ours), abilities.isUnknown(theirs)]).toEqual([false, true])
  abilities.learn(ours, false)
  abilities.learn(theirs, true)
  expect([abilities.canHold(ours), abilities.canHold(theirs)]).toEqual([false, true])
  clock.now += DAY_MS
  expect([abilities.canHold(ours), abilities.canHold(theirs)]).toEqual([true, false])
})

test('another version is another node', () => {
  const { abilities, nodes } = setting()
  const [ours] = nodes
  if (ours === undefined) throw new Error('no nodes')
  abilities.learn(ours, false)
  expect(abilities.canHold({ ...ours, version: [2, 9, 0] })).toBe(true)
})

test('survives being saved, but not a clock that was far ahead', () => {
  const { abilities, clock, nodes } = setting()
  const [ours] = nodes
  if (ours === undefined) throw new Error('no nodes')
  abilities.learn(ours, false)
  const { abilities: other } = setting()
  other.restore(abilities.saved())
  expect(other.canHold(ours)).toBe(false)
  clock.now -= DAY_MS
  expect(abilities.canHold(ours)).toBe(true)
})

test('only so many are remembered', () => {
  const { abilities } = setting()
  const { nodes } = new FakeDirectory(Array.from({ length: 600 }, (_, at) => draftOf(at, {}))).list()
  for (const node of nodes) abilities.learn(node, false)
  expect(abilities.saved().length).toBe(512)
  expect(abilities.saved().at(-1)?.id).toBe(nodes.at(-1)?.ed25519)
})
