import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nonce24 } from '@sotto/protocol/crypto'
import { utf8Decode, utf8Encode } from '@sotto/protocol/encoding'
import { AccountsError } from '../../src/accounts/accounts-error.ts'
import { formatKeyHeader, type KeyHeader, parseHint, parseKeyHeader } from '../../src/accounts/key-header.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const hint = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 64 })
const passphraseWrap = fc.record({
  kind: fc.constant('passphrase' as const),
  cost: fc.record({ passes: fc.integer({ min: 1, max: 16 }), memoryBytes: fc.integer({ min: 8192, max: 2 ** 30 }) }),
  salt: bytes(16),
  nonce: bytes(24).map(nonce24),
  sealed: bytes(48),
})
const deviceWrap = fc.record({
  kind: fc.constant('device' as const),
  sealed: fc.uint8Array({ minLength: 1, maxLength: 256 }),
})
const wrap = fc.oneof(passphraseWrap, deviceWrap)
const header: fc.Arbitrary<KeyHeader> = fc.oneof(fc.record({ wrap }), fc.record({ wrap, hint }))

const example: KeyHeader = {
  wrap: {
    kind: 'passphrase',
    cost: { passes: 3, memoryBytes: 268_435_456 },
    salt: new Uint8Array(16).fill(1),
    nonce: nonce24(new Uint8Array(24).fill(2)),
    sealed: new Uint8Array(48).fill(3),
  },
  hint: 'Work',
}
const text = utf8Decode(formatKeyHeader(example))

function codeOfParsing(input: string): string | undefined {
  try {
    parseKeyHeader(utf8Encode(input))
  } catch (error) {
    if (error instanceof AccountsError) return error.code
    throw error
  }
  return undefined
}

test('the form is fixed: headers of this version are on disks', () => {
  expect(text).toBe(
    '{"version":1,"wrap":{"kind":"passphrase","kdf":"argon2id13","passes":3,"memoryBytes":268435456,' +
      '"salt":"AQEBAQEBAQEBAQEBAQEBAQ==","nonce":"AgICAgICAgICAgICAgICAgICAgICAgIC",' +
      '"key":"AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMD"},"hint":"Work"}\n',
  )
  const device = formatKeyHeader({ wrap: { kind: 'device', sealed: Uint8Array.of(1, 2) } })
  expect(utf8Decode(device)).toBe('{"version":1,"wrap":{"kind":"device","key":"AQI="}}\n')
})

test('parsing undoes formatting', () => {
  fc.assert(
    fc.property(header, value => {
      expect(parseKeyHeader(formatKeyHeader(value))).toEqual(value)
    }),
  )
})

test('a torn header is damaged', () => {
  const whole = text.trimEnd()
  for (let length = 0; length < whole.length; length++) {
    expect(codeOfParsing(whole.slice(0, length))).toBe('account.bad-header')
  }
})

test.for([
  ['version":1', 'version":0', 'account.bad-header'],
  ['version":1', 'version":2', 'account.newer-version'],
  ['version":1', 'version":"1"', 'account.bad-header'],
  ['argon2id13', 'argon2i13', 'account.bad-header'],
  ['"kind":"passphrase"', '"kind":"none"', 'account.bad-header'],
  ['passes":3', 'passes":0', 'account.bad-header'],
  ['passes":3', 'passes":17', 'account.bad-header'],
  ['passes":3', 'passes":2.5', 'account.bad-header'],
  ['268435456', '8191', 'account.bad-header'],
  ['268435456', '1073741825', 'account.bad-header'],
  ['268435456', '99999999999999999999', 'account.bad-header'],
  ['AQEBAQEBAQEBAQEBAQEBAQ==', 'AQEBAQEBAQEBAQEBAQEB', 'account.bad-header'],
  ['AQEBAQEBAQEBAQEBAQEBAQ==', '?', 'account.bad-header'],
  ['"AgIC', '"AgI', 'account.bad-header'],
  ['"AwMD', '"AwMDAwMD', 'account.bad-header'],
  ['"Work"', '7', 'account.bad-header'],
  ['"Work"', '""', 'account.bad-header'],
  ['"Work"', String.raw`"a\nb"`, 'account.bad-header'],
  ['"Work"', `"${'x'.repeat(65)}"`, 'account.bad-header'],
  ['"hint":"Work"', `"more":"${'x'.repeat(4096)}"`, 'account.bad-header'],
  ['"wrap":{', '"wrap":[{', 'account.bad-header'],
  ['"hint"', '"other"', undefined],
] as const)('%s in place of %s: %s', ([before, after, code]) => {
  expect(text).toContain(before)
  expect(codeOfParsing(text.replace(before, after))).toBe(code)
})

test('random bytes are refused with a code', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), input => {
      expect(() => parseKeyHeader(input)).toThrow(AccountsError)
    }),
  )
})

test('a hint is one short line', () => {
  expect(parseHint('  Work ')).toBe('Work')
  expect(parseHint('👩‍🚀 né')).toBe('👩‍🚀 né')
  for (const bad of ['', '  ', 'a\nb', 'a\u2028b', 'a\u0007', 'x'.repeat(65), '\ud800']) {
    expect(() => parseHint(bad)).toThrow(AccountsError)
  }
})
