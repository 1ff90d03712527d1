import { seededRandom } from '@sotto/testing'
import { assert, boolean, integer, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { Dice } from '../../src/dice.ts'
import { NodeNetworks } from '../../src/paths/node-networks.ts'
import { PathBuilder } from '../../src/paths/path-builder.ts'
import { draftOf, FakeDirectory } from '../fake/fake-list.ts'

test('never one node twice, one network twice, or the destination; the second hop is of the pool', () => {
  const shape = record({
    seed: integer({ min: 0, max: 1e9 }),
    nodes: integer({ min: 4, max: 40 }),
    perNetwork: integer({ min: 1, max: 3 }),
    isLocal: boolean(),
  })
  assert(
    property(shape, ({ seed, nodes: size, perNetwork, isLocal }) => {
      const directory = new FakeDirectory(
        Array.from({ length: size }, (_, at) => draftOf(at, { ip: `20.${Math.floor(at / perNetwork)}.0.${at + 1}` })),
      )
      const { nodes } = directory.list()
      const networks = new NodeNetworks(isLocal)
      const [guard, destination, ...rest] = new Dice(seededRandom(seed)).shuffled(nodes)
      const pool = rest.slice(0, 4)
      const builder = new PathBuilder({
        directory,
        dice: new Dice(seededRandom(seed + 1)),
        networks,
        hops: 3,
        guards: () => (guard === undefined ? [] : [guard.ed25519]),
        secondHops: () => pool,
        isAvoided: () => false,
      })
      if (guard === undefined || destination === undefined) return
      const hops = builder.build(guard, { destination: destination.ed25519, swarm: nodes.slice(0, 3) })
      if (hops === undefined) {
        expect(networks.keysOf(nodes).size).toBeLessThan(5)
        return
      }
      expect(hops.length).toBe(3)
      expect(hops[0]).toBe(guard)
      expect(new Set(hops.map(({ ed25519 }) => ed25519)).size).toBe(3)
      expect(networks.keysOf(hops).size).toBe(3)
      expect(hops).not.toContain(destination)
      const canBePool = pool.some(node => networks.keyOf(node) !== networks.keyOf(guard))
      if (canBePool) expect(pool).toContain(hops[1])
      expect(builder.build(guard, { destination: guard.ed25519 })).toBeUndefined()
    }),
    { numRuns: 60 },
  )
})

test('third hops are fresh, and rather not near the destination, no guards, and not avoided', () => {
  const directory = new FakeDirectory(Array.from({ length: 30 }, (_, at) => draftOf(at, {})))
  const { nodes } = directory.list()
  const [guard, avoided] = nodes
  if (guard === undefined || avoided === undefined) throw new Error('no nodes')
  const swarm = nodes.slice(20)
  const builder = new PathBuilder({
    directory,
    dice: new Dice(seededRandom(5)),
    networks: new NodeNetworks(false),
    hops: 3,
    guards: () =>
      nodes
        .slice(0, 1)
        .concat(nodes.slice(2, 4))
        .map(({ ed25519 }) => ed25519),
    secondHops: () => nodes.slice(4, 8),
    isAvoided: id => id === avoided.ed25519,
  })
  const thirds = new Set(
    Array.from(
      { length: 200 },
      () => builder.build(guard, { destination: swarm[0]?.ed25519 ?? guard.ed25519, swarm })?.[2],
    ),
  )
  expect(thirds.size).toBe(12)
  for (const third of thirds) expect(nodes.slice(8, 20)).toContain(third)
})

test('networks of nodes', () => {
  const entries = new FakeDirectory([
    draftOf(0, { ip: '20.1.2.3' }),
    draftOf(1, { ip: '20.1.9.9' }),
    draftOf(2, { ip: '20.2.2.3' }),
    draftOf(3, { ip: '2a01:4f8::1' }),
    draftOf(4, { ip: '2a01:4f8:5::9' }),
    draftOf(5, { ip: '2a01::5' }),
  ]).list().nodes
  const apart = new NodeNetworks(false)
  expect(entries.map(node => apart.keyOf(node))).toEqual(['20.1', '20.1', '20.2', '2a01:4f8', '2a01:4f8', '2a01:0'])
  expect(new NodeNetworks(true).keysOf(entries).size).toBe(6)
})
