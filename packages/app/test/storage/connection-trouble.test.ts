import { expect, test } from 'vitest'
import { type HomeStatus } from '@sotto/client/web'
import { isSameTrouble, nextTrouble, secondsUntil, troubleOf } from '../../src/storage/connection-trouble.ts'

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

test('what is being tried again is not well yet', () => {
  const shown = { kind: 'gateway', nextTryAt: 5 } as const
  const tried = { kind: 'gateway', nextTryAt: undefined }
  expect(nextTrouble(shown, { ...well, gateway: 'connecting' }, live)).toEqual(tried)
  expect(nextTrouble(shown, { ...well, gateway: 'waiting', nextTryAt: 7 }, live)).toEqual({ ...tried, nextTryAt: 7 })
  expect(nextTrouble(shown, well, live)).toBeUndefined()
  expect(nextTrouble(undefined, { ...well, gateway: 'connecting' }, live)).toBeUndefined()
  const connecting = { kind: 'connecting', queued: 0 } as const
  expect(nextTrouble({ kind: 'network', nextTryAt: 5 }, well, connecting)).toEqual({ ...tried, kind: 'network' })
  expect(nextTrouble(shown, well, connecting)).toBeUndefined()
})

test('a gateway that is tried again is what is wrong, not what waits behind it', () => {
  const shown = { kind: 'gateway', nextTryAt: 5 } as const
  const waiting = { kind: 'waiting', nextTryAt: 9, queued: 0 } as const
  const tried = { kind: 'gateway', nextTryAt: undefined }
  expect(nextTrouble(shown, { ...well, gateway: 'connecting' }, waiting)).toEqual(tried)
  expect(nextTrouble(shown, well, waiting)).toEqual({ kind: 'network', nextTryAt: 9 })
  const offline = { kind: 'offline', queued: 0 }
  expect(nextTrouble(shown, { ...well, online: false, gateway: 'connecting' }, waiting)).toEqual(offline)
})

test('back from being offline, nothing is said while it connects', () => {
  expect(nextTrouble({ kind: 'offline', queued: 1 }, { ...well, gateway: 'connecting' }, live)).toBeUndefined()
})

test('the same trouble is known again', () => {
  const gateway = { kind: 'gateway', nextTryAt: 5 } as const
  expect(isSameTrouble(undefined, undefined)).toBe(true)
  expect(isSameTrouble(gateway, { ...gateway })).toBe(true)
  expect(isSameTrouble(gateway, undefined)).toBe(false)
  expect(isSameTrouble(gateway, { ...gateway, nextTryAt: 6 })).toBe(false)
  expect(isSameTrouble(gateway, { kind: 'offline', queued: 0 })).toBe(false)
  expect(isSameTrouble({ kind: 'offline', queued: 1 }, { kind: 'offline', queued: 1 })).toBe(true)
  expect(isSameTrouble({ kind: 'offline', queued: 1 }, { kind: 'offline', queued: 2 })).toBe(false)
})
