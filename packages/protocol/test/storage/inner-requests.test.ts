// oxlint-disable unicorn/no-thenable -- the first branch of an ifelse is called so on the wire

import { describe, expect, test } from 'vitest'
import { encodeHex } from '../../src/encoding/index.ts'
import {
  type HeldRetrieveParams,
  holds,
  type NodeState,
  parseRequest,
  type StorageRequest,
  formatRequest,
  StorageError,
} from '../../src/storage/index.ts'
import { codeOf } from '../coded.ts'
import { json, user } from './fixtures.ts'
import { info, requests } from './samples.ts'

const parse = (method: string, params: object): StorageRequest => parseRequest(json({ method, params }))
const codeFor = (method: string, params: object): string | undefined => codeOf(() => parse(method, params))
const ask = { method: 'info', params: {} }
const list = (length: number): object[] => Array.from({ length }, () => ask)

describe.for(['batch', 'sequence'])('%s', method => {
  test('holds one to twenty requests', () => {
    expect(codeFor(method, { requests: list(0) })).toBe('storage.too-few')
    expect(codeFor(method, { requests: list(20) })).toBeUndefined()
    expect(codeFor(method, { requests: list(21) })).toBe('storage.too-many')
    expect(codeFor(method, {})).toBe('storage.missing-field')
    expect(codeFor(method, { requests: ask })).toBe('storage.bad-field')
  })

  test('is refused as a whole for one request that cannot be read', () => {
    expect(codeFor(method, { requests: [ask, { method: 'infos', params: {} }] })).toBe('storage.invalid-method')
    expect(codeFor(method, { requests: [ask, { method: 'info' }] })).toBe('storage.missing-field')
    expect(codeFor(method, { requests: [ask, { params: {} }] })).toBe('storage.missing-field')
    expect(codeFor(method, { requests: [ask, { method: 'store', params: {} }] })).toBe('storage.missing-field')
    expect(codeFor(method, { requests: [ask, 5] })).toBe('storage.bad-field')
  })

  test.for(['batch', 'sequence', 'ifelse', 'held_retrieve'])('holds no %s', inner => {
    expect(codeFor(method, { requests: [{ method: inner, params: {} }] })).toBe('storage.invalid-method')
  })
})

describe('ifelse', () => {
  const condition = { hf_at_least: [19] }
  /** So many of them inside one another. */
  const nested = (levels: number): object =>
    levels === 0 ? ask : { method: 'ifelse', params: { if: condition, then: nested(levels - 1) } }

  test('fills short conditions up with zeros', () => {
    expect(parse('ifelse', { if: condition, else: ask })).toEqual({
      method: 'ifelse',
      params: { condition: { hardForkAtLeast: [19, 0] }, ifFalse: info },
    })
  })

  test('needs a condition that can be read', () => {
    expect(codeFor('ifelse', { if: {}, then: ask })).toBe('storage.bad-field')
    expect(codeFor('ifelse', { if: { v_before: [] }, then: ask })).toBe('storage.bad-field')
    expect(codeFor('ifelse', { if: { hf_before: [1, 2, 3] }, then: ask })).toBe('storage.too-many')
    expect(codeFor('ifelse', { if: { height_before: '5' }, then: ask })).toBe('storage.bad-field')
    expect(codeFor('ifelse', { then: ask })).toBe('storage.missing-field')
  })

  test('is refused for a branch that would not run', () => {
    expect(codeFor('ifelse', { if: condition, then: ask, else: { method: 'x', params: {} } })).toBe(
      'storage.invalid-method',
    )
  })

  test('may be nested eight times, and hold a batch but no held retrieve', () => {
    const { params } = nested(8) as { params: object }
    expect(codeFor('ifelse', params)).toBeUndefined()
    expect(codeFor('ifelse', { if: condition, then: nested(8) })).toBe('storage.too-deep')
    expect(codeFor('ifelse', { if: condition, then: { method: 'batch', params: { requests: [ask] } } })).toBeUndefined()
    const inBatch = { method: 'batch', params: { requests: [{ method: 'ifelse', params: {} }] } }
    expect(codeFor('ifelse', { if: condition, then: inBatch })).toBe('storage.invalid-method')
    const held = { method: 'held_retrieve', params: {} }
    expect(codeFor('ifelse', { if: condition, then: held })).toBe('storage.invalid-method')
  })

  const state: NodeState = { hardFork: [19, 3], version: [2, 8, 0], height: 100 }
  test.for([
    [{ hardForkAtLeast: [19, 3] }, true],
    [{ hardForkAtLeast: [19, 4] }, false],
    [{ hardForkAtLeast: [18, 9] }, true],
    [{ hardForkBefore: [19, 3] }, false],
    [{ hardForkBefore: [20, 0] }, true],
    [{ versionAtLeast: [2, 8, 0] }, true],
    [{ versionBefore: [2, 8, 0] }, false],
    [{ versionBefore: [2, 8, 1] }, true],
    [{ heightAtLeast: 100 }, true],
    [{ heightAtLeast: 101 }, false],
    [{ heightBefore: 101 }, true],
    [{ heightBefore: 100 }, false],
    [{ heightBefore: 101, versionAtLeast: [3, 0, 0] }, false],
  ] as const)('%j is %s', ([condition, expected]) => {
    expect(holds(condition, state)).toBe(expected)
  })
})

describe('held_retrieve', () => {
  const open = { pubkey: user, namespace: -10 }
  const held = (params: object): HeldRetrieveParams => {
    const request = parse('held_retrieve', params)
    if (request.method !== 'held_retrieve') throw new Error('another method')
    return request.params
  }

  test('has defaults, and cuts long holds', () => {
    expect(held({ hold: 99_999, retrieves: [open] })).toMatchObject({ holdMs: 25_000, delayMs: 0, pad: true })
  })

  test('is refused as a whole for what concerns the whole', () => {
    const retrieves = [open]
    expect(codeFor('held_retrieve', { hold: 1 })).toBe('storage.missing-field')
    expect(codeFor('held_retrieve', { retrieves })).toBe('storage.missing-field')
    expect(codeFor('held_retrieve', { hold: 1, retrieves: [] })).toBe('storage.too-few')
    expect(codeFor('held_retrieve', { hold: 1, retrieves: Array.from({ length: 21 }, () => open) })).toBe(
      'storage.too-many',
    )
    expect(codeFor('held_retrieve', { hold: -1, retrieves })).toBe('storage.bad-field')
    expect(codeFor('held_retrieve', { hold: 1, retrieves, delay: 5001 })).toBe('storage.bad-field')
    expect(codeFor('held_retrieve', { hold: 1, retrieves, pad: 1 })).toBe('storage.bad-field')
    expect(codeFor('held_retrieve', { hold: 1, retrieves: [5] })).toBe('storage.bad-field')
  })

  test('an entry that cannot be read does not spoil the others', () => {
    const { entries } = held({ hold: 1, retrieves: [{ pubkey: user, namespace: 0 }, open] })
    expect(entries.map(({ kind }) => kind)).toEqual(['malformed', 'retrieve'])
    const params = { holdMs: 1, delayMs: 0, pad: true, entries }
    expect(() => formatRequest({ method: 'held_retrieve', params })).toThrow(StorageError)
  })

  test('is the same list as the batch it falls back to', () => {
    const request = requests.find(({ method }) => method === 'held_retrieve')
    if (request?.method !== 'held_retrieve') throw new Error('there is no sample')
    const batch: StorageRequest<'batch'> = {
      method: 'batch',
      params: {
        requests: request.params.entries.flatMap(entry =>
          entry.kind === 'retrieve' ? [{ method: 'retrieve', params: entry.params } as const] : [],
        ),
      },
    }
    expect(encodeHex(formatRequest(batch)).length).toBeGreaterThan(0)
    expect(parseRequest(formatRequest(batch))).toEqual(batch)
  })
})
