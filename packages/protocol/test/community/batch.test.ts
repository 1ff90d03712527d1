import { anyBytes, anyInput } from '@sotto/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  formatBatch,
  formatBatchReply,
  parseBatch,
  parseBatchReply,
  type SubReply,
  type SubRequest,
  subRequestBytes,
} from '../../src/community/index.ts'
import { utf8Decode, utf8Encode } from '../../src/encoding/index.ts'
import { codeOf } from '../coded.ts'

const none: ReadonlyMap<string, string> = new Map()
const get: SubRequest = { method: 'GET', path: '/rooms', headers: none, body: undefined }

function read(...requests: readonly unknown[]): readonly SubRequest[] {
  return parseBatch(utf8Encode(JSON.stringify(requests)))
}

function readReply(...replies: readonly unknown[]): readonly SubReply[] {
  return parseBatchReply(utf8Encode(JSON.stringify(replies)), 2)
}

test('a batch is read as it was written', () => {
  const anyBody = fc.oneof(
    anyBytes().map(bytes => ({ kind: 'bytes' as const, bytes })),
    fc.constantFrom(null, 1, 'x', [1, 'y'], new Map([['a', 1]])).map(value => ({ kind: 'json' as const, value })),
  )
  const anyHeaders = fc.constantFrom(none, new Map([['content-type', 'text/plain']]))
  const anyRequest: fc.Arbitrary<SubRequest> = fc.oneof(
    fc.record({
      method: fc.constantFrom('GET', 'DELETE'),
      path: fc.string().map(text => `/${text}`),
      headers: anyHeaders,
      body: fc.constant(undefined),
    }),
    fc.record({ method: fc.constantFrom('POST', 'PUT'), path: fc.constant('/x'), headers: anyHeaders, body: anyBody }),
  )
  fc.assert(
    fc.property(fc.array(anyRequest), requests => {
      expect(parseBatch(formatBatch(requests))).toEqual(requests)
    }),
  )
})

test('what has no value is not written', () => {
  expect(utf8Decode(formatBatch([get]))).toBe('[{"method":"GET","path":"/rooms"}]')
})

test('a body is given in one of three ways', () => {
  const [json, b64, bytes] = read(
    { method: 'POST', path: '/', json: { a: [1] } },
    { method: 'PUT', path: '/', b64: 'AAE' },
    { method: 'PUT', path: '/', bytes: '\u00E4' },
  )
  expect([json, b64, bytes].map(request => request?.body && subRequestBytes(request.body))).toEqual([
    { bytes: utf8Encode('{"a":[1]}'), contentType: 'application/json' },
    { bytes: Uint8Array.of(0, 1), contentType: 'application/octet-stream' },
    { bytes: utf8Encode('\u00E4'), contentType: 'application/octet-stream' },
  ])
})

test('one bad request spoils the batch', () => {
  const bad: readonly unknown[] = [
    null,
    [],
    { method: 'GET' },
    { path: '/' },
    { method: 'get', path: '/' },
    { method: 'HEAD', path: '/' },
    { method: 'GET', path: 'rooms' },
    { method: 'GET', path: '/', headers: null },
    { method: 'GET', path: '/', headers: { a: 1 } },
    { method: 'GET', path: '/', headers: Object.fromEntries(Array.from({ length: 65 }, (_, at) => [`h${at}`, ''])) },
    { method: 'GET', path: '/', json: null },
    { method: 'DELETE', path: '/', b64: '' },
    { method: 'POST', path: '/' },
    { method: 'POST', path: '/', json: 1, b64: '' },
    { method: 'POST', path: '/', b64: null },
    { method: 'POST', path: '/', b64: 'A!' },
    { method: 'POST', path: '/', bytes: 1 },
  ]
  for (const request of bad) {
    expect(codeOf(() => read({ method: 'GET', path: '/' }, request))).toBe('community.bad-batch')
  }
  for (const text of ['', '{}', 'null', '[', '['.repeat(100)]) {
    expect(codeOf(() => parseBatch(utf8Encode(text)))).toBe('community.bad-batch')
  }
})

test('names of headers are folded', () => {
  expect(read({ method: 'GET', path: '/', headers: { 'X-A': 'B' } })[0]?.headers).toEqual(new Map([['x-a', 'B']]))
})

test('a batch holds 100 requests, or as many as a server wants', () => {
  const batch = (count: number): Uint8Array => formatBatch(Array.from({ length: count }, () => get))
  expect(parseBatch(batch(100))).toHaveLength(100)
  expect(codeOf(() => parseBatch(batch(101)))).toBe('community.bad-batch')
  expect(parseBatch(batch(2), 2)).toHaveLength(2)
  expect(codeOf(() => parseBatch(batch(3), 2))).toBe('community.bad-batch')
})

test('replies are read as they were written', () => {
  const replies: readonly SubReply[] = [
    { code: 200, headers: new Map([['content-type', 'application/json']]), body: { kind: 'json', value: [1.5, null] } },
    { code: 404, headers: new Map([['content-type', 'text/html']]), body: { kind: 'bytes', bytes: Uint8Array.of(1) } },
  ]
  expect(parseBatchReply(formatBatchReply(replies), 2)).toEqual(replies)
  // A sequence stops early; more replies than requests make no sense.
  expect(parseBatchReply(formatBatchReply(replies), 3)).toHaveLength(2)
  expect(codeOf(() => parseBatchReply(formatBatchReply(replies), 1))).toBe('community.bad-reply')
})

test('a reply can lack its headers and its body', () => {
  const empty = { kind: 'bytes', bytes: new Uint8Array(0) }
  expect(readReply({ code: 500, 'content-type': 'text/plain', body: '' }, { code: 304, headers: { a: 1 } })).toEqual([
    { code: 500, headers: none, body: empty },
    { code: 304, headers: none, body: empty },
  ])
})

test('other replies are refused', () => {
  const bad = [null, {}, { code: '200' }, { code: 99 }, { code: 600 }, { code: 200.5 }]
  for (const reply of [...bad, { code: 200, headers: [] }, { code: 200, body: 1 }, { code: 200, body: 'A' }]) {
    expect(codeOf(() => readReply(reply))).toBe('community.bad-reply')
  }
  for (const text of ['', '{}', '[']) {
    expect(codeOf(() => parseBatchReply(utf8Encode(text), 2))).toBe('community.bad-reply')
  }
})

test('hostile bytes give a coded error', () => {
  const batch = formatBatch([get, { ...get, method: 'POST', body: { kind: 'bytes', bytes: Uint8Array.of(1) } }])
  const reply = formatBatchReply([{ code: 200, headers: none, body: { kind: 'bytes', bytes: Uint8Array.of(1) } }])
  fc.assert(
    fc.property(anyInput(fc.constantFrom(batch, reply)), bytes => {
      codeOf(() => parseBatch(bytes))
      codeOf(() => parseBatchReply(bytes, 2))
    }),
  )
})
