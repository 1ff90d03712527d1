import { type Refused } from '@sotto/protocol/storage'
import { type NodeId, nodeIdOf } from '@sotto/protocol/swarm'
import { expect, test } from 'vitest'
import { codeOf, isClockStatus, Refusals } from '../../src/session/refusals.ts'
import { nodeKeys } from '../fake/fake-list.ts'

const id = (at: number): NodeId => nodeIdOf(nodeKeys(at).publicKey)
const refused = (status: number): Refused => ({ kind: 'refused', status, text: '' })

test('two members have to say the same; one who says it twice is one', () => {
  const refusals = new Refusals()
  expect(refusals.note(refused(401), id(0), 7).isFinal).toBe(false)
  expect(refusals.note(refused(401), id(0), 7).isFinal).toBe(false)
  expect(refusals.note(refused(400), id(1), 7).isFinal).toBe(false)
  expect(refusals.note(refused(401), id(2), 7)).toMatchObject({
    isFinal: true,
    error: { code: 'network.unauthorised' },
  })
})

test('where only one can be asked, its word is final', () => {
  expect(new Refusals().note(refused(401), id(0), 1).isFinal).toBe(true)
  expect(new Refusals().note(refused(500), id(0), 1).isFinal).toBe(false)
})

test('three have to refuse the time, 406 or 425', () => {
  const refusals = new Refusals()
  expect(refusals.note(refused(406), id(0), 1).isFinal).toBe(false)
  expect(refusals.note(refused(425), id(1), 1).isFinal).toBe(false)
  expect(refusals.note(refused(406), id(2), 1)).toMatchObject({
    isFinal: true,
    error: { code: 'network.clock-refused' },
  })
  expect([406, 425, 401].map(status => isClockStatus(status))).toEqual([true, true, false])
})

test.for([
  [400, 'network.refused'],
  [401, 'network.unauthorised'],
  [404, 'network.refused'],
  [413, 'network.too-large'],
  [429, 'network.busy'],
  [503, 'network.busy'],
  [500, 'network.path-failed'],
] as const)('%i is called %s', ([status, code]) => {
  expect(codeOf(status)).toBe(code)
})
