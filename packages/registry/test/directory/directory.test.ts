import {
  type DirectoryChange,
  MajorityDirectory,
  type NodeDraft,
  StaticDirectory,
  type VerifiedRegistry,
  verifyRegistry,
} from '@sotto/registry'
import { parseAccountId } from '@sotto/protocol/account'
import { decodeHex } from '@sotto/protocol/encoding'
import { SwarmRing, toSwarmId, UNASSIGNED_SWARM } from '@sotto/protocol/swarm'
import { expect, test } from 'vitest'
import { codeOf, draftNode, now, policy, signed } from '../sample.ts'

const [left, right] = [toSwarmId(0n), toSwarmId(2n ** 63n)]

function list(sequence: bigint, nodes: readonly NodeDraft[]): VerifiedRegistry {
  return verifyRegistry(signed(nodes, { sequence }), policy, now)
}

const first = list(1n, [
  draftNode(0, { swarmId: left }),
  draftNode(1, { swarmId: left }),
  draftNode(2, { swarmId: right }),
])

test('nodes by id and swarms by account', () => {
  const directory = new StaticDirectory(first)
  const account = parseAccountId(`05${'80'.padEnd(64, '0')}`)
  expect(directory.trust()).toBe('static')
  expect(directory.byId(draftNode(1).ed25519)).toBe(first.nodes[1])
  expect(directory.byId(draftNode(9).ed25519)).toBeUndefined()
  expect(directory.swarmOf(account)).toEqual({ swarmId: right, members: [first.nodes[2]] })
  expect(directory.swarmOf(decodeHex(account))).toBe(directory.swarmOf(account))
  expect(directory.swarmOf(decodeHex(account).subarray(1))).toBe(directory.swarmOf(account))
  expect(directory.swarmById(left)?.members).toEqual(first.nodes.slice(0, 2))
})

test('the swarm of an account is that of the ring', () => {
  const directory = new StaticDirectory(verifyRegistry(signed(60), policy, now))
  const ring = new SwarmRing(directory.list().nodes.map(({ swarmId }) => swarmId))
  for (let each = 0; each < 200; each++) {
    const account = parseAccountId(`05${each.toString(16).padStart(2, '0').repeat(7)}${String(each).padStart(50, 'a')}`)
    expect(directory.swarmOf(account)?.swarmId).toBe(ring.swarmFor(account))
    expect(directory.swarmOf(decodeHex(account))?.swarmId).toBe(ring.swarmFor(account))
  }
})

test('without serving nodes there is no swarm', () => {
  const none = list(1n, [draftNode(0, { state: 'decommissioned' })])
  expect(new StaticDirectory(none).swarmOf(new Uint8Array(33))).toBeUndefined()
})

test('a newer list is told with all that changed', () => {
  const directory = new StaticDirectory(first)
  const changes: DirectoryChange[] = []
  const stop = directory.onChange(change => changes.push(change))
  const third = toSwarmId(5n)
  const next = list(2n, [
    draftNode(0, { swarmId: left, ip: '9.9.9.9' }),
    draftNode(1, { swarmId: third }),
    draftNode(3, { swarmId: left }),
  ])
  expect(directory.replace(next)).toBe(true)
  expect(changes).toEqual([
    {
      before: first.list,
      after: next.list,
      added: [next.nodes[2]],
      removed: [first.nodes[2]],
      moved: [{ node: next.nodes[1], from: left }],
      changed: [next.nodes[0]],
      newSwarms: [third],
      lostSwarms: [right],
    },
  ])
  expect(directory.replace(next)).toBe(false)
  expect(codeOf(() => directory.replace(first))).toBe('registry.not-newer')
  expect(directory.registry).toBe(next)
  stop()
  directory.replace(list(3n, [draftNode(0, { swarmId: left })]))
  expect(changes).toHaveLength(1)
})

test('a node that is put out of service moves to no swarm', () => {
  const directory = new StaticDirectory(first)
  const moved: unknown[] = []
  directory.onChange(change => moved.push(...change.moved))
  const next = list(2n, [
    draftNode(0, { swarmId: left }),
    draftNode(1, { state: 'decommissioned' }),
    draftNode(2, { swarmId: right }),
  ])
  directory.replace(next)
  expect(moved).toEqual([{ node: { ...next.nodes[1], swarmId: UNASSIGNED_SWARM }, from: left }])
})

test('every listener is told, even if one fails', () => {
  const directory = new StaticDirectory(first)
  const told: number[] = []
  directory.onChange(() => {
    throw new Error('listener')
  })
  directory.onChange(() => told.push(1))
  const next = list(2n, [draftNode(0, { swarmId: left })])
  expect(() => directory.replace(next)).toThrow('listener')
  expect(told).toEqual([1])
  expect(directory.list()).toBe(next.list)
})

test('a list by majority is not replaced by a lower one', () => {
  const directory = new MajorityDirectory({ ...first.list, number: 7n })
  directory.replace({ ...first.list, number: 7n })
  expect(codeOf(() => directory.replace({ ...first.list, number: 6n }))).toBe('registry.not-newer')
  expect(directory.trust()).toBe('majority')
})
