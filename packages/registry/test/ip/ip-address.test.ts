import { array, assert, constant, constantFrom, integer, oneof, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { formatIp, parseIp } from '../../src/ip/ip-address.ts'
import { ipScope } from '../../src/ip/ip-scope.ts'

test('reading undoes writing', () => {
  const byte = oneof(integer({ min: 0, max: 255 }), constant(0))
  const ip = oneof(array(byte, { minLength: 4, maxLength: 4 }), array(byte, { minLength: 16, maxLength: 16 }))
  assert(
    property(ip, bytes => {
      expect(parseIp(formatIp(Uint8Array.from(bytes)))).toEqual(Uint8Array.from(bytes))
    }),
  )
})

test('any text is read or refused', () => {
  const text = oneof(string(), string({ unit: constantFrom('0', '1', '25', 'a', 'F', ':', '::', '.', '%') }))
  assert(
    property(text, input => {
      expect([undefined, 4, 16]).toContain(parseIp(input)?.length)
    }),
  )
})

test.for([
  ['::', '::'],
  ['::1', '::1'],
  ['1::', '1::'],
  ['2001:0DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
  ['1:0:3:4:5:6:7:8', '1:0:3:4:5:6:7:8'],
  ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
  ['::ffff:1.2.3.4', '::ffff:102:304'],
  ['1.2.3.4', '1.2.3.4'],
] as const)('%s is %s', ([text, shortest]) => {
  expect(formatIp(parseIp(text) ?? new Uint8Array(0))).toBe(shortest)
})

const refused =
  ' 1.2.3|1.2.3.4.5|01.2.3.4|256.1.1.1|0x7f.0.0.1|2130706433|1.2.3.4 |１.2.3.4|:|:::|1:2:3:4:5:6:7|1:2:3:4:5:6:7:8:9|::1::|' +
  '12345::|fe80::1%eth0|[::1]|1.2.3.4::|:1|1:|'

test.for(refused.split('|'))('%j is no address', text => {
  expect(parseIp(text)).toBeUndefined()
})

test.for([
  ['8.8.8.8', 'public'],
  ['100.63.255.255', 'public'],
  ['100.127.255.255', 'private'],
  ['172.15.0.1', 'public'],
  ['172.32.0.1', 'public'],
  ['198.19.0.1', 'reserved'],
  ['198.20.0.1', 'public'],
  ['223.255.255.255', 'public'],
  ['2a00:1450::1', 'public'],
  ['2001:200::1', 'public'],
  ['2001:1ff::1', 'reserved'],
  ['2001:0:1::', 'reserved'],
  ['64:ff9b::7f00:1', 'reserved'],
  ['4000::', 'reserved'],
  ['fdff::', 'private'],
  ['febf::1', 'link-local'],
  ['fec0::1', 'reserved'],
  ['ff02::1', 'reserved'],
  ['3fff:fff::', 'reserved'],
  ['3fff:1000::', 'public'],
] as const)('%s is %s', ([ip, scope]) => {
  expect(ipScope(parseIp(ip) ?? new Uint8Array(0))).toBe(scope)
})
