import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  accountKey,
  blindedKey,
  decodeIdBytes,
  encodeIdBytes,
  formatAccountId,
  formatBlindedId15,
  formatBlindedId25,
  formatGroupId,
  formatUnblindedId,
  formatVersionCheckId,
  groupKey,
  isBlindedId15,
  parseAccountId,
  parseAnyId,
  parseBlindedId,
  parseBlindedId15,
  parseBlindedId25,
  parseGroupId,
  parseUnblindedId,
  parseVersionCheckId,
  unblindedKey,
  versionCheckKey,
} from '../../src/account/index.ts'
import { ed25519PublicKey, x25519PublicKey } from '../../src/crypto/index.ts'
import { decodeHex } from '../../src/encoding/index.ts'
import { codeOf, unlessRefused } from '../coded.ts'
import { hostileText } from './hostile-text.ts'

const digits = 'd2ad010eeb72d72e561d9de7bd7b6989af77dcabffa03a5111a6c859ae5c3a72'
const key = decodeHex(digits)

const parsers: readonly [parse: (text: string) => string, prefixes: readonly string[], code: string][] = [
  [parseAccountId, ['05'], 'account.bad-id'],
  [parseGroupId, ['03'], 'account.bad-group-id'],
  [parseBlindedId, ['15', '25'], 'account.bad-blinded-id'],
  [parseBlindedId15, ['15'], 'account.bad-blinded-id'],
  [parseBlindedId25, ['25'], 'account.bad-blinded-id'],
  [parseUnblindedId, ['00'], 'account.bad-unblinded-id'],
  [parseVersionCheckId, ['07'], 'account.bad-version-check-id'],
]

test.for(parsers)('%o takes its prefixes and no others', ([parse, prefixes, code]) => {
  for (let prefix = 0; prefix < 256; prefix++) {
    const id = prefix.toString(16).padStart(2, '0') + digits
    const taken = prefixes.includes(id.slice(0, 2))
    expect(codeOf(() => parse(id))).toBe(taken ? undefined : code)
    expect(unlessRefused(() => parse(id))).toBe(taken ? id : undefined)
  }
})

test.for(parsers)('%o folds case and forgives nothing else', ([parse, [prefix = ''], code]) => {
  const id = prefix + digits
  expect(parse(id.toUpperCase())).toBe(id)
  const wrong = [
    '',
    prefix,
    id.slice(1),
    id.slice(0, -1),
    `${id}0`,
    ` ${id}`,
    `${id}\n`,
    ` ${id.slice(0, -1)}`,
    `${id.slice(0, -1)}\n`,
    `${id.slice(0, -1)}g`,
    `0x${id.slice(2)}`,
    `${id.slice(0, -1)}\u0430`,
    `${id.slice(0, -1)}ａ`,
    `${id.slice(0, -1)}\u0130`,
    `${id.slice(0, -2)}\u0130`,
    `__textsecure_group__!${id}`,
    id.repeat(100_000),
  ]
  for (const text of wrong) expect(codeOf(() => parse(text))).toBe(code)
})

test('keys and ids are two ways to write the same', () => {
  const point = ed25519PublicKey(key)
  expect(accountKey(formatAccountId(x25519PublicKey(key)))).toEqual(key)
  expect(groupKey(formatGroupId(point))).toEqual(key)
  expect(blindedKey(formatBlindedId15(point))).toEqual(key)
  expect(blindedKey(formatBlindedId25(point))).toEqual(key)
  expect(unblindedKey(formatUnblindedId(point))).toEqual(key)
  expect(versionCheckKey(formatVersionCheckId(point))).toEqual(key)
  expect(formatAccountId(x25519PublicKey(key))).toBe(`05${digits}`)
})

test('the schemes of blinding are told apart', () => {
  expect(isBlindedId15(parseBlindedId(`15${digits}`))).toBe(true)
  expect(isBlindedId15(parseBlindedId(`25${digits}`))).toBe(false)
})

test.for([
  ['00', 'unblinded'],
  ['03', 'group'],
  ['05', 'account'],
  ['07', 'version-check'],
  ['15', 'blinded15'],
  ['25', 'blinded25'],
])('%s is of the kind %s', ([prefix = '', kind]) => {
  const id = prefix + digits
  expect(parseAnyId(id.toUpperCase())).toEqual({ kind, id })
  expect(encodeIdBytes(parseAnyId(id).id)).toEqual(decodeHex(id))
  expect(decodeIdBytes(decodeHex(id))).toEqual({ kind, id })
})

test('other prefixes, and bytes of another length, are no id', () => {
  expect(codeOf(() => parseAnyId(`04${digits}`))).toBe('account.unknown-id')
  expect(codeOf(() => parseAnyId(''))).toBe('account.unknown-id')
  expect(codeOf(() => decodeIdBytes(new Uint8Array()))).toBe('account.unknown-id')
  for (const length of [1, 32, 34, 1_000_000]) {
    expect(codeOf(() => decodeIdBytes(new Uint8Array(length).fill(5)))).toBe('account.bad-id')
  }
})

test('hostile text gives an id or a coded error', () => {
  fc.assert(
    fc.property(hostileText, text => {
      const id = text.toLowerCase()
      for (const [parse] of parsers) expect(unlessRefused(() => parse(text)) ?? id).toBe(id)
      expect(unlessRefused(() => parseAnyId(text).id) ?? id).toBe(id)
    }),
  )
})
