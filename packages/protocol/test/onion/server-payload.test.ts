import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utf8Decode, utf8Encode } from '../../src/encoding/index.ts'
import {
  decodeV3Reply,
  decodeV3Request,
  decodeV4Reply,
  decodeV4Request,
  encodeV3Reply,
  encodeV3Request,
  encodeV4Reply,
  encodeV4Request,
  parseEndpoint,
  v4RequestLength,
} from '../../src/onion/index.ts'
import network from '../../../../vectors/network.json' with { type: 'json' }
import { codeOf } from '../coded.ts'

test.for(network.v4_bodies)('$what', ({ text, what }) => {
  const bytes = utf8Encode(text)
  const again = what.includes('response')
    ? encodeV4Reply(decodeV4Reply(bytes))
    : encodeV4Request(decodeV4Request(bytes), bytes.length)
  // A reader gets header names in lower case.
  expect(utf8Decode(again)).toBe(text.replace('Some-Header', 'some-header'))
})

const anyHeaders = fc
  .array(fc.tuple(fc.stringMatching(/^[a-z-]{1,12}$/), fc.stringMatching(/^[ -~]{0,12}$/)), { maxLength: 5 })
  .map(entries => new Map(entries.filter(([name]) => name !== 'content-length')))
const anyBytes = fc.uint8Array({ maxLength: 60 })

test('V4: decoding undoes encoding, and any prefix is refused', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('GET', 'POST'),
      fc.webPath(),
      anyHeaders,
      fc.option(anyBytes, { nil: undefined }),
      (method, path, headers, body) => {
        const request = { method, endpoint: `/${path}`, headers, ...(body === undefined ? {} : { body }) }
        const encoded = encodeV4Request(request)
        expect(decodeV4Request(encoded)).toEqual(request)
        const reply = { code: 404, headers, body: body ?? new Uint8Array() }
        const encodedReply = encodeV4Reply(reply)
        expect(decodeV4Reply(encodedReply)).toEqual(reply)
        for (let length = 0; length < encoded.length; length++) {
          expect(codeOf(() => decodeV4Request(encoded.subarray(0, length)))).toBe('onion.bad-server-request')
        }
        for (let length = 0; length < encodedReply.length; length++) {
          expect(codeOf(() => decodeV4Reply(encodedReply.subarray(0, length)))).toBe('onion.bad-server-reply')
        }
      },
    ),
    { numRuns: 30 },
  )
})

test('V4: a request can be padded to any size but the one that a longer length skips', () => {
  const request = { method: 'GET', endpoint: '/', headers: new Map<string, string>(), body: Uint8Array.of(1) }
  const plain = encodeV4Request(request).length
  expect(v4RequestLength(request)).toBe(plain)
  const unreachable: number[] = []
  for (let size = plain; size < plain + 2000; size++) {
    const code = codeOf(() => {
      const padded = encodeV4Request(request, size)
      expect(padded.length).toBe(size)
      expect(decodeV4Request(padded)).toEqual(request)
    })
    if (code !== undefined) unreachable.push(size)
  }
  // Heads of 99 and 100 bytes make requests that differ by two; so do 999 and 1000.
  expect(unreachable).toHaveLength(2)
  expect(codeOf(() => encodeV4Request(request, plain - 1))).toBe('onion.bad-padding')
})

test('V4: a content length is dropped, numbers in headers become text, a missing reply body is empty', () => {
  const json = '{"method":"GET","endpoint":"/","headers":{"Content-Length":"3","X-T":5}}'
  expect(decodeV4Request(utf8Encode(`l${json.length}:${json}e`)).headers).toEqual(new Map([['x-t', '5']]))
  const bare = '{"method":"GET","endpoint":"/"}'
  expect(decodeV4Request(utf8Encode(`l${bare.length}:${bare}e`)).headers).toEqual(new Map())
  expect(decodeV4Reply(utf8Encode('l12:{"code":200}e')).body).toEqual(new Uint8Array())
})

const v4 = (json: string): Uint8Array => utf8Encode(`l${utf8Encode(json).length}:${json}e`)

test.for([
  '{"method":"GET"}',
  '{"endpoint":"/"}',
  '{"method":"GET","endpoint":"x"}',
  '{"method":"GET /","endpoint":"/"}',
  '{"method":7,"endpoint":"/"}',
  '{"method":"GET","endpoint":"/\\ud800"}',
  '{"method":"GET","endpoint":"/","headers":[]}',
  '{"method":"GET","endpoint":"/","headers":null}',
  '{"method":"GET","endpoint":"/","headers":{"a":{}}}',
  '{"method":"GET","endpoint":"/","headers":{"a":"x\\r\\nb: y"}}',
  '{"method":"GET","endpoint":"/","headers":{"a b":"x"}}',
  `{"method":"GET","endpoint":"/","headers":{${Array.from({ length: 65 }, (_, at) => `"h${at}":""`).join()}}}`,
  '[]',
])('V4: not a request: %s', json => {
  expect(codeOf(() => decodeV4Request(v4(json)))).toBe('onion.bad-server-request')
})

test.for([
  'le',
  'l',
  '',
  'd',
  'l2:{}ex',
  'l2:{}0:0:e',
  'l-1:e',
  'l 2:{}e',
  'l999999999:{}e',
  'l2{}e',
  `l${'0:'.repeat(1000)}e`,
])('V4: not a list of one or two strings: %s', text => {
  expect(codeOf(() => decodeV4Request(utf8Encode(text)))).toBe('onion.bad-server-request')
})

test('V4: a reply has a status', () => {
  for (const code of ['99', '600', '"200"', '200.5', 'null']) {
    expect(codeOf(() => decodeV4Reply(v4(`{"code":${code},"headers":{}}`)))).toBe('onion.bad-server-reply')
  }
})

test('V3: decoding undoes encoding', () => {
  const requests = [
    { method: 'POST', endpoint: 'rooms', headers: new Map([['a', 'b']]), body: '{"x":1}', authCode: 't' },
    { method: 'GET', endpoint: '/rooms', headers: new Map<string, string>() },
  ]
  for (const request of requests) expect(decodeV3Request(encodeV3Request(request))).toEqual(request)
})

test('V3: GET and DELETE have no body, but say null sometimes', () => {
  const parse = (json: object): unknown => decodeV3Request(utf8Encode(JSON.stringify(json)))
  expect(parse({ method: 'GET', endpoint: 'x', body: 'null', headers: null })).toEqual({
    method: 'GET',
    endpoint: 'x',
    headers: new Map(),
  })
  expect(parse({ method: 'DELETE', endpoint: 'x', body: null })).toEqual({
    method: 'DELETE',
    endpoint: 'x',
    headers: new Map(),
  })
  for (const bad of [
    { method: 'GET', endpoint: 'x', body: '{}' },
    { method: 'delete', endpoint: 'x', body: '' },
    { method: 'POST', endpoint: 'x', body: {} },
    { method: 'POST', endpoint: 7 },
    { endpoint: 'x' },
    { method: 'POST', endpoint: 'x', auth_code: 1 },
  ]) {
    expect(codeOf(() => parse(bad))).toBe('onion.bad-server-request')
  }
})

test('V3: of an error only the status comes', () => {
  expect(decodeV3Reply(encodeV3Reply(200, utf8Encode('{"a":1}')))).toEqual({
    kind: 'body',
    body: utf8Encode('{"a":1}'),
  })
  expect(decodeV3Reply(encodeV3Reply(403, utf8Encode('secret')))).toEqual({ kind: 'status', status: 403 })
  for (const text of ['{"status_code":403,"more":1}', '{"status_code":"403"}', 'x', '']) {
    expect(decodeV3Reply(utf8Encode(text)).kind).toBe('body')
  }
})

test('endpoints: every escape of the path is decoded, the query is left alone', () => {
  expect(parseEndpoint('/room/%F0%9F%8D%86%2F%3F?x=%20?y')).toEqual({ path: '/room/🍆/?', query: 'x=%20?y' })
  expect(parseEndpoint('/🍆')).toEqual({ path: '/🍆', query: '' })
  for (const text of ['', 'x', '/%', '/%zz', '/%ff', '/%c0%80', '/\ud800']) {
    expect(codeOf(() => parseEndpoint(text))).toBe('onion.bad-endpoint')
  }
})

test('random bytes never crash a reader', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.string(), fc.json(), (bytes, text, json) => {
      for (const input of [bytes, utf8Encode(`l${text}`), utf8Encode(json), v4(json)]) {
        for (const read of [decodeV4Request, decodeV4Reply, decodeV3Request, decodeV3Reply]) codeOf(() => read(input))
      }
      codeOf(() => parseEndpoint(`/${text}`))
    }),
  )
})
