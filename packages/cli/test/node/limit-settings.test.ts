import { productionLimits } from '@sotto/node'
import { defaultListenerLimits, readConfig } from '@sotto/server'
import { expect, test } from 'vitest'
import { changedLimits, limitSettings, limitsOf } from '../../src/node/limit-settings.ts'

function limitsFrom(file: Readonly<Record<string, unknown>>) {
  const readFile = (): string => JSON.stringify(file)
  return limitsOf(readConfig(limitSettings, { argv: ['--config', 'x'], env: {}, readFile }).values)
}

test('without settings the limits are those of production', () => {
  expect(limitsFrom({})).toMatchObject({ ...productionLimits, listener: defaultListenerLimits })
})

test('every limit is a setting by its part and name', () => {
  expect(Object.keys(limitSettings).length).toBeGreaterThan(60)
  expect(limitsFrom({ 'clients-onion-rate': 7, 'swarm-cap-public-age': false })).toMatchObject({
    clients: { ...productionLimits.clients, onionRate: 7 },
    swarm: { ...productionLimits.swarm, capPublicAge: false },
  })
})

test('what differs from production can be written down and read again', () => {
  const limits = {
    ...productionLimits,
    listener: { maxConnections: 5 },
    onion: { ...productionLimits.onion, maxPending: 9 },
  }
  expect(changedLimits(limits)).toEqual({ 'listener-max-connections': 5, 'onion-max-pending': 9 })
  expect(limitsFrom(changedLimits(limits))).toMatchObject({ listener: { maxConnections: 5 }, onion: limits.onion })
})
