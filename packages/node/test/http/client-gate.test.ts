import { RemoteAddress } from '@sotto/server'
import { ManualClock, seededRandom } from '@sotto/testing'
import { expect, test } from 'vitest'
import { ClientGate } from '../../src/http/client-gate.ts'
import { type ClientLimits, defaultClientLimits } from '../../src/http/client-limits.ts'

function gateWith(limits: Partial<ClientLimits> = {}) {
  const clock = new ManualClock()
  const gate = new ClientGate({ ...defaultClientLimits, ...limits }, { clock, random: seededRandom(1) })
  return { clock, gate }
}

const alice = new RemoteAddress('198.51.100.1')
const bob = new RemoteAddress('203.0.113.9')

test('storage requests: 600 at once, 300 a second, for each address', async () => {
  const { clock, gate } = gateWith()
  const admitted = (): number => Array.from({ length: 1000 }, () => gate.admitRpc(alice)).filter(Boolean).length
  expect(admitted()).toBe(600)
  expect(gate.admitRpc(bob)).toBe(true)
  expect(gate.admitRpc(new RemoteAddress('::ffff:198.51.100.1'))).toBe(false)
  await clock.advance(1000)
  expect(admitted()).toBe(300)
})

test('onions: so many at once, so many a second', async () => {
  const { clock, gate } = gateWith({ maxOnionsInFlight: 2, onionBurst: 3, onionRate: 1 })
  expect([gate.admitOnion(alice, 10), gate.admitOnion(alice, 10), gate.admitOnion(alice, 10)]).toEqual([
    'admitted',
    'admitted',
    'busy',
  ])
  expect(gate.admitOnion(bob, 10)).toBe('admitted')
  gate.onionOver(alice)
  expect(gate.admitOnion(alice, 10)).toBe('admitted')
  gate.onionOver(alice)
  expect(gate.admitOnion(alice, 10)).toBe('limited')
  expect(gate.onionsInFlight).toBe(2)
  await clock.advance(1000)
  expect(gate.admitOnion(alice, 10)).toBe('admitted')
})

test('onions: so many bytes, and the largest one always fits in an empty bucket', async () => {
  const { clock, gate } = gateWith({ onionBytesBurst: 1000, onionBytesRate: 100 })
  expect(gate.admitOnion(alice, 5000)).toBe('admitted')
  expect(gate.admitOnion(alice, 500)).toBe('limited')
  await clock.advance(5000)
  expect(gate.admitOnion(alice, 500)).toBe('admitted')
})

test('a neighbourhood has a limit too', () => {
  const { gate } = gateWith({ onionBurst: 1, neighbourhoodFactor: 3 })
  const answers = [1, 2, 3, 4].map(host => gate.admitOnion(new RemoteAddress(`198.51.100.${host}`), 1))
  expect(answers).toEqual(['admitted', 'admitted', 'admitted', 'limited'])
})

test('clients that are too many are sent away until others are forgotten', async () => {
  const { clock, gate } = gateWith({ maxClients: 2, rpcBurst: 1, rpcRate: 1 })
  const addresses = [1, 2, 3].map(host => new RemoteAddress(`198.51.100.${host}`))
  expect(addresses.map(address => gate.admitRpc(address))).toEqual([true, true, false])
  await clock.advance(10_000)
  expect(addresses.slice(2).map(address => gate.admitRpc(address))).toEqual([true])
})

test('a gateway that has named itself is counted as many clients', () => {
  const { gate } = gateWith({ gatewayFactor: 3, rpcBurst: 2, onionBurst: 2, neighbourhoodFactor: 1 })
  const gateway = new RemoteAddress('198.51.100.1')
  expect(gate.nameGateway(gateway)).toBe(true)
  const counts = (peer: RemoteAddress) => ({
    rpc: Array.from({ length: 10 }, () => gate.admitRpc(peer)).filter(Boolean).length,
    onions: Array.from({ length: 10 }, () => gate.admitOnion(peer, 1)).filter(each => each === 'admitted').length,
  })
  expect(counts(gateway)).toEqual({ rpc: 6, onions: 6 })
  // Another connection from there that has not, and its neighbours, are clients as ever.
  expect(counts(new RemoteAddress('198.51.100.1'))).toEqual({ rpc: 2, onions: 2 })
  expect(gate.onionsInFlight).toBe(8)
  for (let over = 0; over < 6; over++) gate.onionOver(gateway)
  expect(gate.onionsInFlight).toBe(2)
})

test('who has asked as a client stays one', () => {
  const { gate } = gateWith({ maxOnionsInFlight: 1 })
  expect(gate.admitOnion(alice, 1)).toBe('admitted')
  expect(gate.nameGateway(alice)).toBe(false)
  gate.onionOver(alice)
  expect(gate.onionsInFlight).toBe(0)
  expect(gate.nameGateway(alice)).toBe(false)
})
