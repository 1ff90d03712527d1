import { expect, test } from 'vitest'
import { isLocalAddress, isPublicAddress, isSameAddress } from '../../src/outside/address-rules.ts'
import { specialAddresses } from './hostile-hosts.ts'

test('no special address is public', () => {
  expect(specialAddresses.filter(isPublicAddress)).toEqual([])
  expect(
    ['fe80::1%eth0', '2a00::1%eth0', '8.8.8', '', 'example.com', '[::1]', '0x8.8.8.8'].filter(isPublicAddress),
  ).toEqual([])
})

test('ordinary ones are', () => {
  const ordinary =
    '8.8.8.8 1.1.1.1 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.1.1 172.15.1.1 ' +
    '172.32.0.0 192.167.1.1 198.17.1.1 198.20.0.0 223.255.255.255 2a00:1450:4001::1 2606:4700::1111 2001:200::1 ' +
    '2003::1 ::ffff:8.8.8.8 ::ffff:808:808'
  expect(ordinary.split(' ').filter(address => !isPublicAddress(address))).toEqual([])
})

test('local ones are those of a machine or a house', () => {
  const local = '127.0.0.1 127.9.9.9 10.0.0.1 192.168.3.4 172.16.0.1 100.64.0.1 ::1 fd00::1 ::ffff:127.0.0.1'
  expect(local.split(' ').filter(address => !isLocalAddress(address))).toEqual([])
  const others = '8.8.8.8 169.254.169.254 0.0.0.0 224.0.0.1 :: fe80::1 ff02::1 ::1%lo x'
  expect(others.split(' ').filter(isLocalAddress)).toEqual([])
})

test('the same address in another spelling', () => {
  expect(isSameAddress('::ffff:8.8.8.8', '8.8.8.8')).toBe(true)
  expect(isSameAddress('2a00:0:0::1', '2a00::0001')).toBe(true)
  expect(isSameAddress('fe80::1%eth0', 'fe80::1')).toBe(true)
  expect(isSameAddress('8.8.8.8', '8.8.8.9')).toBe(false)
  expect(isSameAddress('8.8.8.8', '2a00::1')).toBe(false)
  expect(isSameAddress('', '')).toBe(false)
})
