import { ManualClock, seededRandom } from '@sotto/testing'
import { expect, test } from 'vitest'
import { defaultRateLimits, RateLimiter, RemoteAddress, type RateLimits } from '@sotto/server'

function limiter(limits: Partial<RateLimits> = {}) {
  const clock = new ManualClock()
  return { clock, limiter: new RateLimiter({ ...defaultRateLimits, ...limits }, { clock, random: seededRandom(1) }) }
}

function takeWhilePossible(from: RateLimiter, address: string): number {
  let count = 0
  while (count < 10_000 && from.take(new RemoteAddress(address))) count += 1
  return count
}

test('a quiet client may do 600 at once, then 300 a second. Spec 20 §3.17', async () => {
  const { clock, limiter: clients } = limiter()
  expect(takeWhilePossible(clients, '203.0.113.1')).toBe(600)
  await clock.advance(1000)
  expect(takeWhilePossible(clients, '203.0.113.1')).toBe(300)
  await clock.advance(10)
  expect(takeWhilePossible(clients, '203.0.113.1')).toBe(3)
  await clock.advance(3_600_000)
  expect(takeWhilePossible(clients, '203.0.113.1')).toBe(600)
})

test('a jump of the time of day changes nothing', () => {
  const { clock, limiter: clients } = limiter()
  takeWhilePossible(clients, '203.0.113.1')
  clock.jump(3_600_000)
  expect(takeWhilePossible(clients, '203.0.113.1')).toBe(0)
})

test('clients are networks: each IPv4 address, each /64 of IPv6', () => {
  const { limiter: clients } = limiter({ capacity: 1 })
  const first = (address: string) => clients.take(new RemoteAddress(address))
  expect(['203.0.113.1', '203.0.113.2', '2001:db8::1', '2001:db8:0:1::1'].map(first)).toEqual([true, true, true, true])
  expect(['::ffff:203.0.113.1', '2001:db8::2', '2001:db8:0:1:ffff::'].map(first)).toEqual([false, false, false])
})

test('wider networks can be chosen', () => {
  const { limiter: clients } = limiter({ capacity: 1, ipv4Bits: 24, ipv6Bits: 48 })
  const first = (address: string) => clients.take(new RemoteAddress(address))
  expect(['203.0.113.1', '203.0.113.2', '203.0.112.2', '2001:db8::1', '2001:db8:0:1::1'].map(first)).toEqual([
    true,
    false,
    true,
    true,
    false,
  ])
})

test('what costs more takes more, and a refusal takes nothing', () => {
  const { limiter: clients } = limiter({ capacity: 10 })
  const peer = new RemoteAddress('203.0.113.1')
  expect([clients.take(peer, 8), clients.take(peer, 3), clients.take(peer, 2), clients.take(peer, 1)]).toEqual([
    true,
    false,
    true,
    false,
  ])
})

test('so many clients and no more; those that are full again make room', async () => {
  const { clock, limiter: clients } = limiter({ maxClients: 3 })
  const address = (at: number) => new RemoteAddress(`203.0.113.${at}`)
  expect([1, 2, 3, 4].map(at => clients.take(address(at)))).toEqual([true, true, true, false])
  expect(clients.take(address(1))).toBe(true)
  takeWhilePossible(clients, '203.0.113.3')
  await clock.advance(9999)
  expect(clients.take(address(4))).toBe(false)
  expect(clients.clients).toBe(3)
  takeWhilePossible(clients, '203.0.113.3')
  await clock.advance(1)
  expect(clients.take(address(4))).toBe(true)
  expect(clients.clients).toBe(2)
})
