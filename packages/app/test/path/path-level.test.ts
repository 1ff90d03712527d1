import { expect, test } from 'vitest'
import { formatAddress, pathLevel } from '../../src/path/path-level.ts'

const well = { online: true, network: 'ready', gateway: 'open' } as const

test('two usable paths are good, one is some, none is none', () => {
  expect(pathLevel(well, { state: 'ready', usable: 3 })).toBe('good')
  expect(pathLevel(well, { state: 'ready', usable: 2 })).toBe('good')
  expect(pathLevel(well, { state: 'ready', usable: 1 })).toBe('some')
  expect(pathLevel(well, { state: 'ready', usable: 0 })).toBe('none')
  expect(pathLevel(well, { state: 'building', usable: 0 })).toBe('building')
  expect(pathLevel(well, { state: 'none', usable: 0 })).toBe('none')
})

test('nothing is claimed before anything is known', () => {
  expect(pathLevel(undefined, undefined)).toBe('none')
})

test('what the device and the gateway say comes first', () => {
  const path = { state: 'ready', usable: 3 } as const
  expect(pathLevel({ ...well, online: false, network: 'foreign-key' }, path)).toBe('offline')
  expect(pathLevel({ ...well, network: 'foreign-key' }, path)).toBe('foreign')
  expect(pathLevel({ ...well, gateway: 'waiting' }, path)).toBe('offline')
  expect(pathLevel(well, { state: 'offline', usable: 3 })).toBe('offline')
})

test('addresses', () => {
  expect(formatAddress({ ip: '192.0.2.7', port: 22021 })).toBe('192.0.2.7:22021')
  expect(formatAddress({ ip: '2001:db8::7', port: 22021 })).toBe('[2001:db8::7]:22021')
})
