import { utf8Encode } from '@sotto/protocol/encoding'
import { type NodeId, nodeIdOf } from '@sotto/protocol/swarm'
import { anyInput } from '@sotto/testing'
import {
  type Arbitrary,
  assert,
  boolean,
  constantFrom,
  maxSafeInteger,
  property,
  record,
  uniqueArray,
} from 'fast-check'
import { expect, test } from 'vitest'
import { type SavedState, stateBounds } from '../../src/state/saved-state.ts'
import { decodeState, encodeState } from '../../src/state/state-codec.ts'
import { nodeKeys } from '../fake/fake-list.ts'

const ids = Array.from({ length: 40 }, (_, at) => nodeIdOf(nodeKeys(at).publicKey))
const number = maxSafeInteger().map(value => Math.abs(value))
const id = constantFrom(...ids)

function list<Item extends { readonly id: NodeId }>(item: Arbitrary<Item>, bound: number): Arbitrary<Item[]> {
  return uniqueArray(item, { maxLength: Math.min(bound, ids.length), selector: each => each.id })
}

const anyState: Arbitrary<SavedState> = record({
  guards: list(
    record({ id, since: number, until: number, absentSince: number, absentLists: number }),
    stateBounds.guards,
  ),
  former: list(record({ id, until: number }), stateBounds.former),
  pool: list(record({ id, until: number }), stateBounds.pool),
  strikes: list(record({ id, count: number, at: number }), stateBounds.strikes),
  abilities: list(
    record({ id, canHold: boolean(), version: constantFrom('2.8.0', ''), until: number }),
    stateBounds.abilities,
  ),
})

test('decoding undoes encoding', () => {
  assert(property(anyState, state => void expect(decodeState(encodeState(state))).toEqual(state)))
})

test('anything else is no state, and no crash', () => {
  const good = anyState.map(state => encodeState(state))
  assert(
    property(anyInput(good), bytes => {
      const state = decodeState(bytes)
      if (state !== undefined) expect(decodeState(encodeState(state))).toEqual(state)
    }),
  )
})

const empty = { version: 1, guards: [], former: [], pool: [], strikes: [], abilities: [] }
const guard = { id: ids[0], since: 1, until: 2, absentSince: 0, absentLists: 0 }

test.for([
  ['another version', { ...empty, version: 2 }],
  ['no version', { guards: [], former: [], pool: [], strikes: [], abilities: [] }],
  ['a list is missing', { ...empty, pool: undefined }],
  ['a list is none', { ...empty, pool: {} }],
  ['too many', { ...empty, pool: Array.from({ length: 17 }, (_, at) => ({ id: ids[at], until: 1 })) }],
  ['one twice', { ...empty, guards: [guard, guard] }],
  ['no id', { ...empty, guards: [{ ...guard, id: 'abc' }] }],
  ['a negative time', { ...empty, guards: [{ ...guard, since: -1 }] }],
  ['a fraction', { ...empty, guards: [{ ...guard, since: 1.5 }] }],
  ['too large', { ...empty, guards: [{ ...guard, since: 2 ** 60 }] }],
  ['no flag', { ...empty, abilities: [{ id: ids[0], canHold: 1, version: '', until: 1 }] }],
  ['a long version', { ...empty, abilities: [{ id: ids[0], canHold: true, version: 'x'.repeat(33), until: 1 }] }],
] as const)('refused: %s', ([, json]) => {
  expect(decodeState(utf8Encode(JSON.stringify(json)))).toBeUndefined()
  expect(decodeState(utf8Encode(JSON.stringify({ ...empty, guards: [guard] })))?.guards).toEqual([guard])
})
