import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decodeHex,
  encodeBase64,
  encodeBencode,
  encodeFrame,
  encodeHex,
  utf8Decode,
  utf8Encode,
} from '../../src/encoding/index.ts'
import {
  buildOnion,
  decodeRelayedOnion,
  encodeRelayedOnion,
  openServerOnion,
  parseOnionRequest,
  parseServerOnion,
} from '../../src/onion/index.ts'
import network from '../../../../vectors/network.json' with { type: 'json' }
import { X25519KeyPair, X25519SecretKey } from '../../src/crypto/index.ts'
import { codeOf } from '../coded.ts'
import { nodePath, pairOf, secretsOf } from './fixtures.ts'

const key = 'ab'.repeat(32)
const frame = (json: string): Uint8Array => encodeFrame(Uint8Array.of(1, 2, 3), utf8Encode(json))
const whole = buildOnion(utf8Encode('{}'), nodePath(2), secretsOf(3, 12), { cipher: 'aes-gcm' }).request

const framed = network.hop_layer.flatMap(v => ('blob' in v && v.blob !== undefined ? [{ ...v, blob: v.blob }] : []))

test.for(framed)('hop layer: $what', v => {
  const node = new X25519KeyPair(new X25519SecretKey(decodeHex(v.node_sec)))
  expect(encodeHex(node.publicKey)).toBe(v.node_pub)
  expect(utf8Decode(openServerOnion(parseServerOnion(decodeHex(v.blob)), node).payload)).toBe(v.plaintext)
  expect(parseOnionRequest(decodeHex(v.blob)).cipher).toBe(parseServerOnion(decodeHex(v.blob)).cipher)
})

test('blob, key, cipher and hop number; unknown keys, either case and trailing spaces are fine', () => {
  expect(
    parseOnionRequest(frame(`{"x":[1],"hop_no":-2.5,"enc_type":"gcm","ephemeral_key":"${key.toUpperCase()}"}   `)),
  ).toEqual({
    blob: Uint8Array.of(1, 2, 3),
    ephemeral: decodeHex(key),
    cipher: 'aes-gcm',
    hopNumber: -1,
  })
  for (const large of ['1e99', '1e999', '9007199254740993', '18446744073709551615']) {
    expect(parseOnionRequest(frame(`{"hop_no":${large},"ephemeral_key":"${key}"}`)).hopNumber).toBe(255)
  }
})

test.for([
  ['{"ephemeral_key"', 'onion.bad-json'],
  ['[]', 'onion.bad-json'],
  ['', 'onion.bad-json'],
  [`{"ephemeral_key":"${key}","x":${'['.repeat(33)}${']'.repeat(33)}}`, 'onion.bad-json'],
  [`{"ephemeral_key":"${key}","x":"${'0'.repeat(66_000)}"}`, 'onion.bad-json'],
  ['{}', 'onion.bad-key'],
  ['{"ephemeral_key":7}', 'onion.bad-key'],
  [`{"ephemeral_key":"${key}00"}`, 'onion.bad-key'],
  [`{"ephemeral_key":"${key.slice(2)}zz"}`, 'onion.bad-key'],
  [`{"__proto__":{"ephemeral_key":"${key}"}}`, 'onion.bad-key'],
  [`{"ephemeral_key":"${key}","enc_type":"aes-cbc"}`, 'onion.unknown-cipher'],
  [`{"ephemeral_key":"${key}","enc_type":null}`, 'onion.unknown-cipher'],
  [`{"ephemeral_key":"${key}","hop_no":"1"}`, 'onion.bad-hop-number'],
  [`{"ephemeral_key":"${key}","hop_no":null}`, 'onion.bad-hop-number'],
] as const)('refused: %s', ([json, code]) => {
  expect(codeOf(() => parseOnionRequest(frame(json)))).toBe(code)
})

test('bytes that are not UTF-8 are no JSON', () => {
  expect(codeOf(() => parseOnionRequest(encodeFrame(new Uint8Array(), Uint8Array.of(0x7b, 0xff, 0x7d))))).toBe(
    'onion.bad-json',
  )
})

test('any prefix is refused, and so is a body over 10 MiB', () => {
  for (let length = 0; length < whole.length; length++) {
    expect(codeOf(() => parseOnionRequest(whole.subarray(0, length)))).toMatch(/^onion\.(?:truncated|bad-json)$/)
  }
  expect(codeOf(() => parseOnionRequest(new Uint8Array(10_485_761)))).toBe('onion.too-large')
  expect(codeOf(() => parseServerOnion(new Uint8Array(10_485_761)))).toBe('onion.too-large')
})

test('random bytes behind a good length never crash', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 80 }),
      rest => void codeOf(() => parseOnionRequest(encodeFrame(new Uint8Array(), rest))),
    ),
  )
})

test('a server takes the key in base64 too, padded or not; a node does not', () => {
  for (const text of [encodeBase64(decodeHex(key)), encodeBase64(decodeHex(key)).slice(0, 43)]) {
    const body = frame(JSON.stringify({ ephemeral_key: text, host: 'ignored' }))
    expect(encodeHex(parseServerOnion(body).ephemeral)).toBe(key)
    expect(codeOf(() => parseOnionRequest(body))).toBe('onion.bad-key')
  }
  expect(codeOf(() => parseServerOnion(frame('{"ephemeral_key":"AAAA"}')))).toBe('onion.bad-key')
  expect(codeOf(() => parseServerOnion(frame('{"ephemeral_key":"!!"}')))).toBe('onion.bad-key')
})

test('a wrong server cannot open it', () => {
  expect(codeOf(() => openServerOnion(parseServerOnion(whole), pairOf(7)))).toBe('onion.bad-ciphertext')
})

test('relayed: decoding undoes encoding, and any prefix is refused', () => {
  const request = { ...parseOnionRequest(whole), hopNumber: 3 }
  const encoded = encodeRelayedOnion(request)
  const { blob: data, cipher: enc_type, ephemeral: ephemeral_key, hopNumber: hop_no } = request
  expect(encoded).toEqual(encodeBencode(new Map(Object.entries({ data, enc_type, ephemeral_key, hop_no }))))
  expect(decodeRelayedOnion(encoded)).toEqual(request)
  for (let length = 0; length < encoded.length; length++) {
    expect(codeOf(() => decodeRelayedOnion(encoded.subarray(0, length)))).toBe('onion.bad-relay')
  }
})

test('relayed: defaults and limits', () => {
  const fields = { data: new Uint8Array(40), ephemeral_key: new Uint8Array(32) }
  const encode = (more: object): Uint8Array => encodeBencode(new Map(Object.entries({ ...fields, ...more })))
  expect(decodeRelayedOnion(encode({}))).toMatchObject({ cipher: 'aes-gcm', hopNumber: 1 })
  expect(decodeRelayedOnion(encode({ hop_no: -4 })).hopNumber).toBe(1)
  expect(decodeRelayedOnion(encode({ hop_no: 15 })).hopNumber).toBe(15)
  expect(codeOf(() => decodeRelayedOnion(encode({ hop_no: 16 })))).toBe('onion.too-many-hops')
  expect(codeOf(() => decodeRelayedOnion(encode({ enc_type: 'rot13' })))).toBe('onion.unknown-cipher')
  expect(codeOf(() => decodeRelayedOnion(encode({ ephemeral_key: new Uint8Array(31) })))).toBe('onion.bad-relay')
  expect(codeOf(() => decodeRelayedOnion(utf8Encode('le')))).toBe('onion.bad-relay')
  expect(codeOf(() => decodeRelayedOnion(new Uint8Array(10_485_761)))).toBe('onion.too-large')
})
