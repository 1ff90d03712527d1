import { expect, test } from 'vitest'
import { type HomeStatus } from '@sotto/client/web'
import { secondsUntil, troubleOf } from '../../src/storage/connection-trouble.ts'

const well: HomeStatus = { gateway: 'open', online: true, network: 'ready', role: 'leads' }
const live = { kind: 'live', queued: 0 } as const

test('nothing is wrong while it works, connects, or nothing is known yet', () => {
  expect(troubleOf(undefined, undefined)).toBeUndefined()
  expect(troubleOf(well, undefined)).toBeUndefined()
  expect(troubleOf(well, live)).toBeUndefined()
  expect(troubleOf({ ...well, gateway: 'connecting' }, { kind: 'connecting', queued: 3 })).toBeUndefined()
  expect(troubleOf(well, { kind: 'polling', queued: 0 })).toBeUndefined()
})

test('offline comes before everything else', () => {
  const status: HomeStatus = { ...well, online: false, gateway: 'waiting', network: 'foreign-key' }
  expect(troubleOf(status, { kind: 'waiting', queued: 2 })).toEqual({ kind: 'offline', queued: 2 })
})

test('another network has its own notice', () => {
  expect(troubleOf({ ...well, network: 'foreign-key', gateway: 'waiting' }, live)).toBeUndefined()
})

test('the gateway before what lies behind it', () => {
  const waiting = { kind: 'waiting', nextTryAt: 9, queued: 0 } as const
  expect(troubleOf({ ...well, gateway: 'waiting', nextTryAt: 5 }, waiting)).toEqual({ kind: 'gateway', nextTryAt: 5 })
  expect(troubleOf(well, waiting)).toEqual({ kind: 'network', nextTryAt: 9 })
})

test('seconds are whole and never negative', () => {
  expect(secondsUntil(10_001, 9000)).toBe(2)
  expect(secondsUntil(10_000, 9000)).toBe(1)
  expect(secondsUntil(9000, 9000)).toBe(0)
  expect(secondsUntil(1, 9000)).toBe(0)
  expect(secondsUntil(undefined, 9000)).toBe(0)
})
