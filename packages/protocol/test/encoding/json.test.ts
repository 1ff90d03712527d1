import { anyBytes } from '@sotto/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utf8Encode, decodeJson, formatJson, type Json } from '../../src/encoding/index.ts'
import { codeOf } from '../coded.ts'

const read = (text: string): Json => decodeJson(utf8Encode(text))

/** The platform's view of a value: objects without a prototype, bigints as numbers. */
function plain(value: Json): unknown {
  if (value instanceof Map) return Object.fromEntries(Array.from(value, ([key, item]) => [key, plain(item)]))
  if (Array.isArray(value)) return value.map(plain)
  return typeof value === 'bigint' ? Number(value) : value
}

test('says what the platform says about any JSON', () => {
  fc.assert(fc.property(fc.json(), text => void expect(plain(read(text))).toEqual(JSON.parse(text))))
})

test('refuses what the platform refuses, and nothing else', () => {
  const fragments = fc.array(fc.constantFrom(...'{}[]:,"\\ntrufalsenull-0123456789.eE+ \t\r\n\u0000ü'.split('')), {
    maxLength: 12,
  })
  fc.assert(
    fc.property(fragments, characters => {
      const text = characters.join('')
      const isValid = codeOf(() => platform(text)) === undefined
      expect(codeOf(() => read(text)) === undefined, text).toBe(isValid)
    }),
    { numRuns: 2000 },
  )
})

/** Throws one of our own errors where the platform throws. */
function platform(text: string): void {
  try {
    JSON.parse(text)
  } catch {
    read('no')
  }
}

test('parsing undoes formatting', () => {
  const value: Json = new Map<string, Json>([
    ['a', [1, -2.5, null, true, false, 2n ** 64n - 1n]],
    ['__proto__', new Map([['constructor', '"\\\u0000\n\u2028']])],
    ['', ''],
  ])
  expect(read(formatJson(value))).toEqual(value)
})

test('64-bit numbers are exact', () => {
  expect(read('18446744073709551615')).toBe(18446744073709551615n)
  expect(read('-9007199254740993')).toBe(-9007199254740993n)
  expect(read('9007199254740991')).toBe(9007199254740991)
  expect(read('1e3')).toBe(1000)
  expect(read(`1${'0'.repeat(400)}`)).toBe(Infinity)
})

test('of a key that comes twice the last counts', () => {
  expect(read('{"a":1,"a":2}')).toEqual(new Map([['a', 2]]))
})

test('keys with a meaning to the language mean nothing', () => {
  const value = read('{"__proto__":{"polluted":true},"constructor":1}')
  expect(value).toEqual(
    new Map<string, Json>([
      ['__proto__', new Map([['polluted', true]])],
      ['constructor', 1],
    ]),
  )
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
})

test('nesting is bounded before it is entered', () => {
  expect(codeOf(() => read(`${'['.repeat(32)}${']'.repeat(32)}`))).toBeUndefined()
  expect(codeOf(() => read(`${'['.repeat(33)}${']'.repeat(33)}`))).toBe('json.too-deep')
  expect(codeOf(() => read('{"a":'.repeat(1_000_000)))).toBe('json.too-deep')
})

test('crowds of tiny values are refused', () => {
  expect(codeOf(() => read(`[${'[],'.repeat(300_000)}1]`))).toBe('json.too-many-values')
})

test('length and encoding are checked first', () => {
  expect(codeOf(() => decodeJson(new Uint8Array(11), { maxBytes: 10 }))).toBe('json.too-long')
  expect(codeOf(() => decodeJson(Uint8Array.of(0x22, 0xff, 0x22)))).toBe('json.bad-utf8')
})

test.for([
  '',
  ' ',
  '{',
  '{"a"}',
  '{"a":}',
  '{a:1}',
  '[1,]',
  '[1 2]',
  '"a',
  '"\\x"',
  '"\u0001"',
  '01',
  '1.',
  '-',
  'nul',
  '1 2',
  'NaN',
  '\ufeff1',
])('refuses %o', text => expect(codeOf(() => read(text))).toBe('json.bad-syntax'))

test('an error does not carry the text that it is about', () => {
  for (const text of ['"secret \\x"', '["secret"', '{"secret":secret}']) {
    const error = errorOf(() => read(text))
    expect(String(error)).not.toContain('secret')
    expect(String(error.cause)).not.toContain('secret')
  }
})

function errorOf(call: () => unknown): Error {
  try {
    call()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('nothing was thrown')
}

test('white space around values is skipped', () => {
  expect(read(' \t\r\n{ "a" : [ 1 , 2 ] } \n   ')).toEqual(new Map([['a', [1, 2]]]))
})

test('any prefix of an object is refused', () => {
  const text = '{"method":"info","params":{"a":[1,"x\\n",null]}}'
  for (let end = 0; end < text.length; end++) expect(codeOf(() => read(text.slice(0, end)))).toBe('json.bad-syntax')
})

test('random bytes give a value or a coded error', () => {
  fc.assert(
    fc.property(anyBytes(), bytes => {
      expect(codeOf(() => decodeJson(bytes)) ?? 'a value').toMatch(/^json\.|^a value$/)
    }),
  )
})
