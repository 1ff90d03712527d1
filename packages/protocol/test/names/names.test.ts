import { anyEd25519KeyPair, anyNonce24, VectorCase } from '@sotto/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import accounts from '../../../../vectors/accounts.json' with { type: 'json' }
import { encodeIdBytes, formatAccountId, formatGroupId } from '../../src/account/index.ts'
import {
  ed25519KeyPairToX25519,
  ed25519PublicKey,
  nonce24,
  type SymmetricKey,
  x25519PublicKey,
  xchacha20poly1305Seal,
} from '../../src/crypto/index.ts'
import { decodeJson, encodeBase64, encodeHex, type Json, utf8Encode } from '../../src/encoding/index.ts'
import {
  agreeOnName,
  nameHash,
  nameKey,
  nameRecordKey,
  nameRequest,
  openNameRecord,
  parseNameAnswer,
  parseRegisteredName,
  type NameRecord,
} from '../../src/names/index.ts'
import { formatRequest, parseOutcome, parseRequest } from '../../src/storage/index.ts'
import { codeOf } from '../coded.ts'

const alice = parseRegisteredName('alice')
const account = formatAccountId(x25519PublicKey(new Uint8Array(32).fill(3)))
const nonce = nonce24(new Uint8Array(24).fill(5))

/** The `result` of a node. */
function answer(encryptedValue: Json, nonceHex: Json = null): Json {
  return new Map([
    ['encrypted_value', encryptedValue],
    ['nonce', nonceHex],
  ])
}

function sealed(key: SymmetricKey, value: Uint8Array): NameRecord {
  return { encryptedValue: xchacha20poly1305Seal(key, nonce, value), nonce }
}

test.for(accounts.ons)('known answer: $name, $what', members => {
  const known = new VectorCase(members)
  const name = parseRegisteredName(known.text('name'))
  if (known.has('normalised')) expect(name).toBe(known.text('normalised'))
  if (known.has('nameHashHex')) expect(nameHash(name)).toEqual(known.hex('nameHashHex'))
  if (known.has('nameHashBase64')) expect(encodeBase64(nameHash(name))).toBe(known.text('nameHashBase64'))
  if (known.has('encryptedValueHex')) {
    const nonceHex = known.has('nonceHex') ? known.text('nonceHex') : null
    const record = parseNameAnswer(answer(known.text('encryptedValueHex'), nonceHex))
    if (record === undefined) throw new Error('no record')
    const key = nameRecordKey(name, record)
    expect(key.expose()).toEqual(known.hex('keyHex'))
    expect(openNameRecord(record, key)).toBe(known.text('accountId'))
  }
  known.assertAllRead()
})

test.for(accounts.onsNameSyntax)('known answer: "$name" is allowed: $valid', ({ name, valid }) => {
  expect(codeOf(() => parseRegisteredName(name))).toBe(valid ? undefined : 'names.bad-name')
})

test('letters of other scripts do not fold into a name', () => {
  // Kelvin sign, long s, dotless i, full-width a
  for (const text of ['\u212Aim', '\u017Fam', 'n\u0131l', '\uFF41', 'a\n', 'a'.repeat(4097)]) {
    expect(codeOf(() => parseRegisteredName(text))).toBe('names.bad-name')
  }
  expect(parseRegisteredName('A'.repeat(4096))).toBe('a'.repeat(4096))
})

test('any text is a name or refused', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void codeOf(() => parseRegisteredName(text))))
})

test('a request names the hash', () => {
  expect(nameRequest(alice)).toEqual({
    endpoint: 'ons_resolve',
    params: new Map<string, Json>([
      ['type', 0],
      ['name_hash', '4R2BSXk3LIg7UL2w/62x6vCJi/VP1PvymK8Sb7q72kw='],
    ]),
  })
})

test('a record opens with its name only', () => {
  fc.assert(
    fc.property(anyEd25519KeyPair(), anyNonce24(), (keyPair, drawn) => {
      const id = formatAccountId(ed25519KeyPairToX25519(keyPair).publicKey)
      const encryptedValue = xchacha20poly1305Seal(nameKey(alice), drawn, encodeIdBytes(id))
      const record = parseNameAnswer(answer(encodeHex(encryptedValue), encodeHex(drawn)))
      expect(record).toEqual({ encryptedValue, nonce: drawn })
      if (record === undefined) return
      expect(openNameRecord(record, nameRecordKey(alice, record))).toBe(id)
      expect(codeOf(() => openNameRecord(record, nameKey(parseRegisteredName('bob'))))).toBe('names.open-failed')
    }),
    { numRuns: 20 },
  )
})

test('a record holds an account id and nothing else', () => {
  const group = formatGroupId(ed25519PublicKey(new Uint8Array(32)))
  const bytes = encodeIdBytes(account)
  for (const value of [encodeIdBytes(group), bytes.subarray(0, 32), Uint8Array.of(...bytes, 0), Uint8Array.of()]) {
    expect(codeOf(() => openNameRecord(sealed(nameKey(alice), value), nameKey(alice)))).toBe('names.bad-value')
  }
  expect(openNameRecord(sealed(nameKey(alice), bytes), nameKey(alice))).toBe(account)
})

test('an answer without a value says that the name is free', () => {
  for (const result of [new Map(), new Map([['nonce', '00']]), answer(null), answer('')]) {
    expect(parseNameAnswer(result)).toBeUndefined()
  }
})

test('other answers are refused', () => {
  const value = '00'.repeat(49)
  const bad: readonly Json[] = [
    null,
    'x',
    7,
    [],
    answer(7),
    answer(value.slice(2)),
    answer(`${value}00`),
    answer(`${value.slice(1)}g`),
    answer(value, '00'),
    answer(value, 'zz'.repeat(24)),
  ]
  for (const result of bad) expect(codeOf(() => parseNameAnswer(result))).toBe('names.bad-answer')
  fc.assert(fc.property(fc.json(), text => void codeOf(() => parseNameAnswer(decodeJson(utf8Encode(text))))))
})

test('request and answer go through the storage RPC', () => {
  const request = { method: 'oxend_request', params: nameRequest(alice) } as const
  expect(parseRequest(formatRequest(request))).toEqual(request)
  const body = utf8Encode(`{"result":{"encrypted_value":"${'ab'.repeat(49)}"}}`)
  const outcome = parseOutcome(request, 200, body)
  expect(outcome.kind === 'reply' && parseNameAnswer(outcome.reply.result)).toEqual({
    encryptedValue: new Uint8Array(49).fill(0xab),
    nonce: undefined,
  })
})

test('three equal answers are needed, and one that differs spoils them', () => {
  const record = sealed(nameKey(alice), encodeIdBytes(account))
  const copy = { encryptedValue: Uint8Array.from(record.encryptedValue), nonce }
  const other = { ...copy, encryptedValue: record.encryptedValue.map(byte => byte ^ 1) }
  expect(agreeOnName([record, copy, copy])).toBe(record)
  expect(agreeOnName([undefined, undefined, undefined])).toBeUndefined()
  const spoilers = [other, undefined, { ...copy, nonce: undefined }, { ...copy, nonce: nonce24(new Uint8Array(24)) }]
  for (const spoiler of spoilers) {
    expect(codeOf(() => agreeOnName([record, copy, spoiler]))).toBe('names.disagreement')
    expect(codeOf(() => agreeOnName([spoiler, copy, copy]))).toBe('names.disagreement')
  }
  for (const few of [[], [record], [record, copy]]) {
    expect(codeOf(() => agreeOnName(few))).toBe('names.too-few-answers')
  }
})
