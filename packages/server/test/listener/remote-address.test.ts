import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { RemoteAddress } from '@sotto/server'

test.for([
  ['127.0.0.1', 4, true],
  ['::ffff:127.3.2.1', 4, true],
  ['203.0.113.9', 4, false],
  ['::1', 6, true],
  ['::', 6, false],
  ['2001:db8::1', 6, false],
  ['fe80::1%eth0', 6, false],
  [undefined, 0, false],
  ['localhost', 0, false],
  ['1.2.3', 0, false],
] as const)('%s: family %i', ([text, family, loopback]) => {
  const address = new RemoteAddress(text)
  expect([address.family, address.isLoopback]).toEqual([family, loopback])
})

test.for([
  ['203.0.113.9', 32, 64, [4, 203, 0, 113, 9]],
  ['203.0.113.9', 24, 64, [4, 203, 0, 113, 0]],
  ['203.0.113.255', 25, 64, [4, 203, 0, 113, 128]],
  ['::ffff:203.0.113.9', 32, 64, [4, 203, 0, 113, 9]],
  ['2001:db8:1:2:3:4:5:6', 32, 64, [16, 0x20, 1, 0xd, 0xb8, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]],
  ['2001:db8:1:2:3:4:5:6', 32, 48, [16, 0x20, 1, 0xd, 0xb8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  ['1::2', 32, 128, [16, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]],
  ['1:2:3:4:5:6:1.2.3.4', 32, 128, [16, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 1, 2, 3, 4]],
  ['::1.2.3.4', 32, 128, [16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]],
  [undefined, 32, 64, [0]],
] as const)('the network of %s with %i or %i bits', ([text, ipv4, ipv6, bytes]) => {
  expect([...new RemoteAddress(text).network(ipv4, ipv6)]).toEqual(bytes)
})

test('it prints as a placeholder', () => {
  const address = new RemoteAddress('203.0.113.9')
  expect([String(address), JSON.stringify(address), inspect(address)].join()).not.toContain('203')
})
