import { type GetSwarmReply } from '@sotto/protocol/storage'
import { toSwarmId } from '@sotto/protocol/swarm'
import { type NodeEntry } from '@sotto/registry'
import { expect, test } from 'vitest'
import { SwarmLookup } from '../../src/swarm/swarm-lookup.ts'
import { alice, twoSwarms } from '../fake/fake-client.ts'
import { draftOf, FakeDirectory } from '../fake/fake-list.ts'

const directory = new FakeDirectory(twoSwarms.map((shape, at) => draftOf(at, shape)))
const { nodes } = directory.list()
const own = nodes.slice(0, 7)
const others = nodes.slice(7)

function claimOf(swarm: number, members: readonly NodeEntry[]): GetSwarmReply {
  const described = members.map(({ ed25519: id, x25519: x25519Key, ip, httpsPort, omqPort }) => {
    return { id, legacyKey: new Uint8Array(32), x25519Key, ip, httpsPort, omqPort }
  })
  return { swarm: toSwarmId(BigInt(swarm)), nodes: described }
}

const [first, second, third] = nodes.map(({ ed25519 }) => ed25519)
const stranger = { ...draftOf(99, {}), x25519: nodes[0]?.x25519, swarmId: toSwarmId(5n) } as NodeEntry

test('the directory is believed against one node, and not against two', () => {
  const lookup = new SwarmLookup(directory)
  expect(lookup.known(alice)).toEqual(own)
  if (first === undefined || second === undefined) throw new Error('no nodes')
  lookup.claim(alice, first, claimOf(5, others))
  lookup.claim(alice, first, claimOf(5, others))
  expect(lookup.known(alice)).toEqual(own)
  lookup.claim(alice, second, claimOf(6, others))
  expect(lookup.known(alice)).toEqual(own)
  lookup.claim(alice, second, claimOf(5, others))
  expect(lookup.known(alice)).toEqual(others)
  lookup.forget()
  expect(lookup.known(alice)).toEqual(own)
})

test('only nodes of the list, and only those that several name, become members', () => {
  const lookup = new SwarmLookup(directory)
  if (first === undefined || second === undefined || third === undefined) throw new Error('no nodes')
  lookup.claim(alice, first, claimOf(5, [...others.slice(0, 3), stranger]))
  lookup.claim(alice, second, claimOf(5, [...others.slice(1, 3), stranger]))
  expect(lookup.known(alice)).toEqual(others.slice(1, 3))
  lookup.claim(alice, third, claimOf(5, others))
  expect(lookup.known(alice).length).toBe(3)
})

test('a member that answers as one ends the doubt', () => {
  const lookup = new SwarmLookup(directory)
  if (first === undefined || second === undefined || third === undefined) throw new Error('no nodes')
  lookup.claim(alice, first, claimOf(5, others))
  lookup.claim(alice, second, claimOf(5, others))
  const [other] = others
  if (other !== undefined) lookup.confirm(alice, other.ed25519)
  expect(lookup.known(alice)).toEqual(others)
  lookup.confirm(alice, third)
  expect(lookup.known(alice)).toEqual(own)
})

test('who is known is not asked for', async () => {
  const lookup = new SwarmLookup(directory)
  const found = await lookup.find(alice, nodes, async () => {
    throw new Error('asked')
  })
  expect(found).toEqual(own)
})

test('two that lie cannot send us away for good: as many that say otherwise are enough', () => {
  const lookup = new SwarmLookup(directory)
  if (first === undefined || second === undefined) throw new Error('no nodes')
  lookup.claim(alice, first, claimOf(5, others))
  lookup.claim(alice, second, claimOf(5, others))
  expect(lookup.known(alice)).toEqual(others)
  const right = { ...claimOf(1, own), swarm: own[0]?.swarmId ?? toSwarmId(1n) }
  const [one, two] = others.map(({ ed25519 }) => ed25519)
  if (one === undefined || two === undefined) throw new Error('no nodes')
  lookup.claim(alice, one, right)
  expect(lookup.known(alice)).toEqual(others)
  lookup.claim(alice, two, right)
  expect(lookup.known(alice)).toEqual(own)
})
