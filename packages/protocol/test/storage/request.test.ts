import { anyInput } from '@sotto/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBencode, encodeBase64, encodeBencode, encodeHex, utf8Encode } from '../../src/encoding/index.ts'
import {
  encodingOf,
  encodeForwarded,
  formatNamedRequest,
  formatRequest,
  MAX_MESSAGE_BYTES,
  methodNamed,
  parseNamedRequest,
  parseRequest,
  type StorageRequest,
  toNamespace,
} from '../../src/storage/index.ts'
import { codeOf } from '../coded.ts'
import { grantOf, hashes, json, now, parsed, token, user } from './fixtures.ts'
import { info, requests, sign, simpleRequests, storeParams } from './samples.ts'

/** Parses parameters given as an object that JSON can say. */
const parse = (method: string, params: object): StorageRequest => parseRequest(json({ method, params }))
const codeFor = (method: string, params: object): string | undefined => codeOf(() => parse(method, params))

const store = { pubkey: user, timestamp: now, ttl: 60_000, data: 'aGVsbG8=', namespace: 0 }
const signature = encodeBase64(new Uint8Array(64))
const signed = { pubkey: user, timestamp: now, signature, pubkey_ed25519: '0'.repeat(64) }

describe('every request', () => {
  test.for(requests.map((request, at) => [`${request.method} ${at}`, request] as const))(
    'parsing undoes formatting: %s',
    ([, request]) => {
      expect(parseRequest(formatRequest(request))).toEqual(request)
      for (const encoding of ['json', 'bencode'] as const) {
        const body = formatNamedRequest(request, encoding)
        expect(encodingOf(body)).toBe(encoding)
        expect(parseNamedRequest(request.method, body)).toEqual(request)
      }
    },
  )

  test('trailing spaces and unknown keys change nothing', () => {
    expect(parseRequest(utf8Encode('{"jsonrpc":"2.0","id":1,"method":"info","params":{"x":[]}}    '))).toEqual(info)
  })

  test('nobody is fooled by keys with a meaning to the language', () => {
    expect(codeOf(() => parseRequest(utf8Encode('{"method":"constructor","params":{}}')))).toBe(
      'storage.unknown-method',
    )
    expect(codeOf(() => parseRequest(utf8Encode('{"__proto__":{"method":"info","params":{}}}')))).toBe(
      'storage.no-method',
    )
    expect(codeFor('get_swarm', JSON.parse(`{"__proto__":{"pubkey":"${user}"}}`) as object)).toBe(
      'storage.missing-field',
    )
  })
})

test.for([
  ['', 'storage.invalid-json'],
  ['[]', 'storage.invalid-json'],
  ['{"params":{}}', 'storage.no-method'],
  ['{"method":1,"params":{}}', 'storage.no-method'],
  ['{"method":"info"}', 'storage.no-params'],
  ['{"method":"info","params":[]}', 'storage.no-params'],
  ['{"method":"infos","params":{}}', 'storage.unknown-method'],
] as const)('envelope %s', ([text, code]) => {
  expect(codeOf(() => parseRequest(utf8Encode(text)))).toBe(code)
})

test('bodies are measured before they are read', () => {
  const body = new Uint8Array(10_485_761).fill(0x20)
  expect(codeOf(() => parseRequest(body))).toBe('storage.too-long')
  body[0] = 0x64
  expect(codeOf(() => parseNamedRequest('info', body))).toBe('storage.too-long')
})

test('parameters alone: an empty body is none, a dictionary is bencoded, anything else JSON', () => {
  expect(parseNamedRequest('info', new Uint8Array())).toEqual(info)
  expect(parseNamedRequest('info', utf8Encode('de'))).toEqual(info)
  expect(codeOf(() => parseNamedRequest('info', utf8Encode('d1:be')))).toBe('storage.invalid-bencode')
  expect(codeOf(() => parseNamedRequest('info', utf8Encode('d1:b0:1:a0:e')))).toBe('storage.invalid-bencode')
  expect(codeOf(() => parseNamedRequest('info', utf8Encode('[]')))).toBe('storage.invalid-json')
  expect(codeOf(() => parseNamedRequest('nothing', utf8Encode('de')))).toBe('storage.unknown-method')
})

test('one method has two names', () => {
  expect(methodNamed('get_snodes_for_pubkey')).toBe('get_swarm')
  expect(parse('get_snodes_for_pubkey', { pubKey: user.toUpperCase() })).toEqual({
    method: 'get_swarm',
    params: { owner: user },
  })
})

describe('common parameters', () => {
  test.for([
    [{}, 'storage.missing-field'],
    [{ pubkey: null }, 'storage.missing-field'],
    [{ pubkey: user, pubKey: user }, 'storage.conflicting-fields'],
    [{ pubkey: user.slice(2) }, 'storage.bad-field'],
    [{ pubkey: `${user.slice(1)}g` }, 'storage.bad-field'],
    [{ pubkey: 5 }, 'storage.bad-field'],
  ] as const)('account %j', ([params, code]) => {
    expect(codeFor('get_swarm', params)).toBe(code)
  })

  test('only three methods know the old spelling of pubkey', () => {
    expect(codeFor('delete', { pubKey: user, messages: [hashes[0]], signature })).toBe('storage.missing-field')
  })

  test.for([undefined, 1_699_999_999, 999_999_999, -1, 1.5, '1700000000000', null, 2 ** 53])('time %s', timestamp => {
    const isSeconds = timestamp === 1_699_999_999
    const expected = isSeconds
      ? undefined
      : timestamp === undefined || timestamp === null
        ? 'storage.missing-field'
        : 'storage.bad-field'
    expect(codeFor('delete_all', { ...signed, timestamp })).toBe(expected)
  })

  test.for([
    ['all', undefined],
    ['5', 'storage.bad-field'],
    [32_768, 'storage.bad-field'],
    [-32_768, undefined],
    [0.5, 'storage.bad-field'],
  ] as const)('namespace %s', ([namespace, code]) => {
    expect(codeFor('delete_all', { ...signed, namespace })).toBe(code)
  })

  test('the word for all namespaces is only known where it makes sense', () => {
    expect(codeFor('retrieve', { ...signed, namespace: 'all' })).toBe('storage.bad-field')
  })

  test.for(['A'.repeat(85), 'A'.repeat(87), `${'A'.repeat(86)}=`, `${'A'.repeat(88)}==`, 'zz', 5, '!'.repeat(86)])(
    'signature %s',
    signature => expect(codeFor('delete_all', { ...signed, signature })).toBe('storage.bad-field'),
  )

  test('signatures come with or without padding', () => {
    expect(codeFor('delete_all', { ...signed, signature: 'A'.repeat(86) })).toBeUndefined()
    expect(codeFor('delete_all', { ...signed, signature: `${'A'.repeat(86)}==` })).toBeUndefined()
    expect(codeFor('delete_all', { pubkey: user, timestamp: now })).toBe('storage.missing-field')
  })

  test('the Ed25519 key is for users only', () => {
    expect(codeFor('delete_all', { ...signed, pubkey: `03${user.slice(2)}` })).toBe('storage.bad-field')
    expect(codeFor('delete_all', { ...signed, pubkey_ed25519: '00' })).toBe('storage.bad-field')
  })

  test('tokens come in hex or base64, with the signature of the owner', () => {
    const { token, ownerSignature } = grantOf(2)
    const subaccount_sig = encodeBase64(ownerSignature)
    for (const subaccount of [encodeHex(token), encodeBase64(token)]) {
      const request = parse('delete_all', { ...signed, subaccount, subaccount_sig })
      expect(request).toMatchObject({ params: { authority: { grant: { token, ownerSignature } } } })
    }
    expect(codeFor('delete_all', { ...signed, subaccount: encodeHex(token) })).toBe('storage.missing-field')
    expect(codeFor('delete_all', { ...signed, subaccount: '' })).toBeUndefined()
    expect(codeFor('delete_all', { ...signed, subaccount: 'ab', subaccount_sig })).toBe('storage.bad-field')
  })
})

describe('store', () => {
  test('takes the time to live or the expiry, but not both', () => {
    expect(parse('store', store)).toMatchObject({ params: { expiry: now + 60_000, sigTimestamp: now } })
    expect(parse('store', { ...store, ttl: undefined, expiry: now })).toMatchObject({ params: { expiry: now } })
    expect(codeFor('store', { ...store, expiry: now })).toBe('storage.conflicting-fields')
    expect(codeFor('store', { ...store, ttl: undefined })).toBe('storage.missing-field')
    expect(codeFor('store', { ...store, ttl: Number.MAX_SAFE_INTEGER })).toBe('storage.bad-field')
  })

  test('takes two numbers as text, as old clients write them', () => {
    expect(parse('store', { ...store, ttl: '60000', timestamp: String(now) })).toEqual(parse('store', store))
    for (const ttl of ['', '-1', '1.5', '0x10', '9'.repeat(17), '1\n']) {
      expect(codeFor('store', { ...store, ttl })).toBe('storage.bad-field')
    }
    expect(codeFor('store', { ...store, namespace: '0' })).toBe('storage.bad-field')
    expect(codeFor('store', { ...store, ttl: undefined, expiry: String(now) })).toBe('storage.bad-field')
  })

  test('small times are not taken for seconds here', () => {
    expect(codeFor('store', { ...store, timestamp: 5 })).toBeUndefined()
  })

  test('data is base64 with or without padding, and bounded', () => {
    const full = encodeBase64(new Uint8Array(MAX_MESSAGE_BYTES))
    for (const data of ['', 'aGVsbG8', 'aGVsbG8=', full]) expect(codeFor('store', { ...store, data })).toBeUndefined()
    for (const data of [`${full}AAAA`, encodeBase64(new Uint8Array(MAX_MESSAGE_BYTES + 1)), 'a', '*', 5]) {
      expect(codeFor('store', { ...store, data })).toBe('storage.bad-field')
    }
    expect(codeFor('store', { ...store, data: undefined })).toBe('storage.missing-field')
  })

  test('clients send the time to live, nodes the expiry and no namespace 0', () => {
    const request: StorageRequest<'store'> = { method: 'store', params: { ...storeParams, namespace: toNamespace(0) } }
    const { params } = parsed(formatRequest(request)) as { params: object }
    expect(params).toEqual({ pubkey: user, namespace: 0, timestamp: now, ttl: 60_000, data: 'aGVsbG8=' })
    const forwarded = decodeBencode(encodeForwarded(request))
    expect([...(forwarded as ReadonlyMap<string, unknown>).keys()]).toEqual(['data', 'expiry', 'pubkey', 'timestamp'])
  })

  test('the forwarded store of the known answers', () => {
    const body = encodeBencode(
      new Map<string, string | number | Uint8Array>([
        ['data', 'one'],
        ['expiry', now + 86_400_000],
        ['pubkey', Uint8Array.of(5, ...new Uint8Array(32))],
        ['timestamp', now],
      ]),
    )
    const request = parseNamedRequest('store', body)
    expect(request).toMatchObject({ params: { namespace: 0, data: utf8Encode('one'), expiry: now + 86_400_000 } })
    expect(request.method === 'store' && encodeForwarded(request)).toEqual(body)
  })
})

describe('retrieve', () => {
  const missing = 'storage.missing-field'
  test.for([
    [{ pubkey: user }, undefined],
    [{ pubkey: user, namespace: 0 }, missing],
    [{ pubkey: user, namespace: -10 }, undefined],
    [{ pubkey: user, namespace: -1 }, undefined],
    [{ pubkey: user, namespace: -10, timestamp: now }, missing],
    [{ pubkey: user, namespace: -10, pubkey_ed25519: '0'.repeat(64) }, missing],
    [{ pubkey: user, timestamp: now }, missing],
    [{ pubkey: user, namespace: 2, signature }, missing],
    [{ pubkey: user, namespace: 2, signature, timestamp: now }, undefined],
    [{ pubkey: user, namespace: -10, last_hash: 'x' }, 'storage.bad-field'],
    [{ pubkey: user, namespace: -10, last_hash: '', lastHash: '' }, 'storage.conflicting-fields'],
    [{ pubkey: user, namespace: -10, max_size: 1.5 }, 'storage.bad-field'],
  ] as const)('%j', ([params, code]) => {
    expect(codeFor('retrieve', params)).toBe(code)
  })

  test('no last hash, an empty one and null are the same', () => {
    for (const last_hash of ['', null, undefined]) {
      expect(parse('retrieve', { pubkey: user, namespace: -10, last_hash })).toEqual({
        method: 'retrieve',
        params: { owner: user, namespace: -10 },
      })
    }
    expect(parse('retrieve', { pubkey: user, namespace: -10, lastHash: hashes[0] })).toMatchObject({
      params: { lastHash: hashes[0] },
    })
  })
})

describe('lists', () => {
  test('one hash can stand without its list', () => {
    const list = parse('delete', { ...signed, messages: [hashes[0]] })
    expect(parse('delete', { ...signed, messages: hashes[0] })).toEqual(list)
  })

  test('hashes are counted and looked at', () => {
    const many = Array.from({ length: 1001 }, () => hashes[0])
    expect(codeFor('delete', { ...signed, messages: [] })).toBe('storage.too-few')
    expect(codeFor('delete', { ...signed, messages: many })).toBe('storage.too-many')
    expect(codeFor('delete', { ...signed, messages: ['x'] })).toBe('storage.bad-field')
    expect(codeFor('delete', { ...signed, messages: {} })).toBe('storage.bad-field')
    expect(codeFor('get_expiries', { ...signed, messages: ['x'] })).toBeUndefined()
    expect(codeFor('get_expiries', { ...signed, messages: ['x'.repeat(129)] })).toBe('storage.bad-field')
  })

  test('revocations are counted', () => {
    const tokens = Array.from({ length: 51 }, () => encodeHex(token))
    expect(codeFor('revoke_subaccount', { ...signed, revoke: tokens.slice(1) })).toBeUndefined()
    expect(codeFor('revoke_subaccount', { ...signed, revoke: tokens })).toBe('storage.too-many')
    expect(codeFor('revoke_subaccount', { ...signed, revoke: [] })).toBe('storage.too-few')
    expect(codeFor('unrevoke_subaccount', { ...signed, revoke: tokens })).toBe('storage.missing-field')
  })

  test('expiries are one for all or one for each', () => {
    const expire = { ...signed, messages: [...hashes] }
    for (const expiry of [now, [now], [now, now]]) expect(codeFor('expire', { ...expire, expiry })).toBeUndefined()
    for (const expiry of [[], [now, now, now], ['x'], -1]) {
      expect(codeFor('expire', { ...expire, expiry })).toBe('storage.bad-field')
    }
  })

  test('an expiry comes nearer or moves away, not both; and tokens that may not delete cannot shorten', () => {
    const expire = { ...signed, messages: hashes[0], expiry: now }
    expect(codeFor('expire', { ...expire, shorten: true, extend: true })).toBe('storage.conflicting-fields')
    expect(codeFor('expire', { ...expire, shorten: 1 })).toBe('storage.bad-field')
    const grant = { subaccount: encodeHex(token), subaccount_sig: signature }
    expect(codeFor('expire', { ...expire, ...grant, shorten: true })).toBe('storage.shorten-not-allowed')
    expect(codeFor('expire', { ...expire, ...grant, extend: true })).toBeUndefined()
  })

  test('the flag to extend is called as it is signed', () => {
    const request = sign('expire', { owner: user, messages: hashes, expiries: [now], mode: 'extend' })
    expect(parsed(formatRequest(request))).toMatchObject({ params: { extend: true, expiry: now } })
  })

  test('of a forwarded delete only the asked member cares for required', () => {
    const request = sign('delete', { owner: user, messages: hashes, required: true })
    expect(parseNamedRequest('delete', encodeForwarded(request))).toEqual({
      method: 'delete',
      params: { ...request.params, required: false },
    })
  })
})

describe('oxend_request', () => {
  test('only two endpoints are passed on', () => {
    expect(codeFor('oxend_request', { endpoint: 'stop_daemon' })).toBe('storage.bad-field')
    expect(codeFor('oxend_request', { endpoint: 'constructor' })).toBe('storage.bad-field')
    expect(codeFor('oxend_request', {})).toBe('storage.missing-field')
  })

  test('its parameters are JSON in a text where the rest is bencoded', () => {
    const body = encodeBencode(
      new Map([
        ['endpoint', 'ons_resolve'],
        ['params', '{"type":0}'],
      ]),
    )
    expect(parseNamedRequest('oxend_request', body)).toMatchObject({ params: { params: new Map([['type', 0]]) } })
    const bad = encodeBencode(
      new Map([
        ['endpoint', 'ons_resolve'],
        ['params', '{'],
      ]),
    )
    expect(codeOf(() => parseNamedRequest('oxend_request', bad))).toBe('storage.bad-field')
  })
})

test('hostile bytes give a request or a coded error', () => {
  const bodies = fc.constantFrom(...requests.map(request => formatRequest(request)))
  fc.assert(
    fc.property(anyInput(bodies), bytes => {
      expect(codeOf(() => parseRequest(bytes)) ?? 'storage.none').toMatch(/^storage\./)
    }),
    { numRuns: 500 },
  )
})

test('hostile parameters give a request or a coded error', () => {
  const given = requests.flatMap(request =>
    (['json', 'bencode'] as const).map(encoding => ({
      method: request.method,
      body: formatNamedRequest(request, encoding),
    })),
  )
  const inputs = fc
    .constantFrom(...given)
    .chain(({ method, body }) => anyInput(fc.constant(body)).map(bytes => ({ method, bytes })))
  fc.assert(
    fc.property(inputs, ({ method, bytes }) => {
      expect(codeOf(() => parseNamedRequest(method, bytes)) ?? 'storage.none').toMatch(/^storage\./)
    }),
    { numRuns: 1000 },
  )
})

test('any prefix of a request is refused', () => {
  for (const request of simpleRequests) {
    const body = formatRequest(request)
    for (let end = 0; end < body.length; end += 7) {
      expect(codeOf(() => parseRequest(body.subarray(0, end)))).toBe('storage.invalid-json')
    }
  }
})
