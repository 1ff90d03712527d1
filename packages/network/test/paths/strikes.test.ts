import { type NodeId, nodeIdOf } from '@sotto/protocol/swarm'
import { expect, test } from 'vitest'
import { Strikes } from '../../src/paths/strikes.ts'
import { nodeKeys } from '../fake/fake-list.ts'

const id = (at: number): NodeId => nodeIdOf(nodeKeys(at).publicKey)

function setting(): { readonly strikes: Strikes; readonly clock: { now: number } } {
  const clock = { now: 1_000_000 }
  return { clock, strikes: new Strikes({ now: () => clock.now, limit: 3, avoidMs: 1000, onChange: () => {} }) }
}

test('three and it is avoided, for a while', () => {
  const { strikes, clock } = setting()
  strikes.add(id(1))
  strikes.add(id(1))
  expect(strikes.isAvoided(id(1))).toBe(false)
  strikes.add(id(1))
  expect(strikes.isAvoided(id(1))).toBe(true)
  expect(strikes.isAvoided(id(2))).toBe(false)
  clock.now += 1000
  expect(strikes.isAvoided(id(1))).toBe(false)
  strikes.add(id(1))
  expect(strikes.isAvoided(id(1))).toBe(false)
})

test('a success takes them back, and strikes of the future do not count', () => {
  const { strikes, clock } = setting()
  for (let count = 0; count < 3; count++) strikes.add(id(1))
  strikes.clear(id(1))
  expect(strikes.isAvoided(id(1))).toBe(false)
  for (let count = 0; count < 3; count++) strikes.add(id(1))
  clock.now -= 5000
  expect(strikes.isAvoided(id(1))).toBe(false)
})

test('only so many nodes are remembered, the latest ones', () => {
  const { strikes } = setting()
  for (let at = 0; at < 300; at++) strikes.add(id(at))
  expect(strikes.saved().length).toBe(256)
  expect(strikes.saved().at(-1)?.id).toBe(id(299))
  const { strikes: other } = setting()
  other.restore(strikes.saved())
  expect(other.saved()).toEqual(strikes.saved())
})
