import { anyBytes, anyInput, anyNonce24, anySymmetricKey, VectorCase } from '@sotto/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import libsession from '../../../../vectors/libsession.json' with { type: 'json' }
import servers from '../../../../vectors/servers.json' with { type: 'json' }
import { parseAccountId, parseGroupId } from '../../src/account/index.ts'
import { nonce24, SymmetricKey, xchacha20poly1305Seal } from '../../src/crypto/index.ts'
import {
  type BencodeInput,
  concatBytes,
  decodeHex,
  encodeBase64,
  encodeBencode,
  utf8Decode,
  utf8Encode,
} from '../../src/encoding/index.ts'
import { toNamespace } from '../../src/storage/index.ts'
import { decryptPushPayload, openPushPayload, pushDuplicateKey, sealPushPayload } from '../../src/push/index.ts'
import { codeOf } from '../coded.ts'

const key = new SymmetricKey(new Uint8Array(32).fill(1))
const nonce = nonce24(new Uint8Array(24).fill(2))
const about = {
  account: parseAccountId(`05${'ab'.repeat(32)}`),
  hash: 'h'.repeat(43),
  namespace: toNamespace(-11),
  storedAt: 1_700_000_000_000,
  expiresAt: 1_701_209_600_000,
}
const json = { '@': about.account, '#': about.hash, n: -11, t: about.storedAt, z: about.expiresAt }

/** Seals any list, as a careless or hostile push server might. */
function sealList(...list: readonly BencodeInput[]): Uint8Array {
  return concatBytes(nonce, xchacha20poly1305Seal(key, nonce, encodeBencode(list)))
}

function sealMetadata(change: object): Uint8Array {
  return sealList(JSON.stringify({ ...json, ...change }))
}

test.for(servers.push_payload.cases)('known answer: $what', members => {
  const known = new VectorCase(members)
  const sharedKey = new SymmetricKey(decodeHex(servers.push_payload.enc_key))
  if (known.has('payload')) {
    expect(utf8Decode(decryptPushPayload(known.hex('payload'), sharedKey))).toBe(known.text('decrypted_utf8'))
    known.assertAllRead()
    return
  }
  const payload = known.base64('enc_payload_b64')
  const { metadata, body } = openPushPayload(payload, sharedKey)
  const { l, B, ...others } = known.raw('metadata') as { l?: number; B?: boolean }
  expect(metadata).toEqual({
    account: Reflect.get(others, '@'),
    hash: Reflect.get(others, '#'),
    namespace: Reflect.get(others, 'n'),
    storedAt: Reflect.get(others, 't'),
    expiresAt: Reflect.get(others, 'z'),
    bodyLength: l,
    bodyOmitted: B ?? false,
  })
  const plaintext = known.hex('plaintext')
  expect(decryptPushPayload(payload, sharedKey)).toEqual(plaintext.subarray(0, plaintext.lastIndexOf(0x65) + 1))
  expect(body).toEqual(known.raw('body') === null ? undefined : known.hex('body'))
  // The existing server's dict is read and not written.
  if (utf8Decode(plaintext.subarray(0, 2)) === 'ld') return
  const stored = metadata.bodyOmitted ? new Uint8Array(l ?? 0) : body
  expect(encodeBase64(sealPushPayload(metadata, stored, sharedKey, nonce24(payload.subarray(0, 24))))).toBe(
    known.text('enc_payload_b64'),
  )
  known.assertAllRead()
})

test('known answers: payloads without a list', () => {
  for (const known of libsession.push_notification) {
    const plaintext = decryptPushPayload(decodeHex(known.payload), new SymmetricKey(decodeHex(known.enc_key)))
    expect(plaintext).toEqual(decodeHex(known.plaintext))
  }
})

test('a notification is opened as it was sealed, in whole blocks', () => {
  fc.assert(
    fc.property(
      fc.option(anyBytes(2500), { nil: undefined }),
      anySymmetricKey(),
      anyNonce24(),
      (body, drawn, random) => {
        const payload = sealPushPayload(about, body, drawn, random)
        expect((payload.length - 40) % 256).toBe(0)
        const metadata = { ...about, bodyLength: body?.length, bodyOmitted: false }
        expect(openPushPayload(payload, drawn)).toEqual({ metadata, body })
      },
    ),
  )
})

test('a body of 2500 bytes comes along, a longer one is only announced', () => {
  const most = openPushPayload(sealPushPayload(about, new Uint8Array(2500).fill(7), key, nonce), key)
  expect(most.body).toHaveLength(2500)
  const more = openPushPayload(sealPushPayload(about, new Uint8Array(2501), key, nonce), key)
  expect(more).toEqual({ metadata: { ...about, bodyLength: 2501, bodyOmitted: true }, body: undefined })
})

test('a group is told about as well, and what may follow is skipped', () => {
  const group = parseGroupId(`03${'cd'.repeat(32)}`)
  const payload = sealList(JSON.stringify({ ...json, '@': group, l: 1, x: 1 }), Uint8Array.of(9), 5n, [])
  expect(openPushPayload(payload, key)).toEqual({
    metadata: { ...about, account: group, bodyLength: 1, bodyOmitted: false },
    body: Uint8Array.of(9),
  })
})

test('too much and too little is refused before anything is decrypted', () => {
  expect(codeOf(() => openPushPayload(new Uint8Array(39), key))).toBe('push.too-short')
  expect(codeOf(() => openPushPayload(new Uint8Array(16_385), key))).toBe('push.too-long')
  expect(codeOf(() => openPushPayload(new Uint8Array(16_384), key))).toBe('push.open-failed')
})

test('every prefix and every flipped bit is refused', () => {
  const payload = sealPushPayload(about, Uint8Array.of(1), key, nonce)
  for (let length = 0; length < payload.length; length++) {
    expect(codeOf(() => openPushPayload(payload.subarray(0, length), key))).toMatch(/too-short|open-failed/)
  }
  for (let at = 0; at < payload.length; at++) {
    const changed = payload.map((byte, index) => (index === at ? byte ^ 0x10 : byte))
    expect(codeOf(() => openPushPayload(changed, key))).toBe('push.open-failed')
  }
})

test('a plaintext that is no list of metadata and body is refused', () => {
  const sealed = (plaintext: string): Uint8Array =>
    concatBytes(nonce, xchacha20poly1305Seal(key, nonce, utf8Encode(plaintext)))
  for (const plaintext of ['', '\0\0', 'le', 'de', 'i1e', 'l1:a', '4:abcd']) {
    expect(codeOf(() => openPushPayload(sealed(plaintext), key))).toBe('push.bad-payload')
  }
  expect(codeOf(() => openPushPayload(sealList(JSON.stringify(json), 1n), key))).toBe('push.bad-payload')
})

test('metadata that lacks something or says too much is refused', () => {
  const changes = [
    { '@': undefined },
    { '@': `15${'ab'.repeat(32)}` },
    { '@': 'x' },
    { '#': 'h'.repeat(31) },
    { '#': 'h'.repeat(100) },
    { '#': `${'h'.repeat(42)}\n` },
    { '#': 5 },
    { n: 1.5 },
    { n: 32_768 },
    { n: -32_769 },
    { n: '0' },
    { t: -1 },
    { t: 2 ** 53 },
    { z: null },
    { l: -1 },
    { B: 'yes' },
  ]
  for (const change of changes) {
    expect(codeOf(() => openPushPayload(sealMetadata(change), key))).toBe('push.bad-metadata')
  }
  for (const head of ['', '{', '[]', 'null', '7', '[['.repeat(4000), new Uint8Array(3).fill(0xff)]) {
    expect(codeOf(() => openPushPayload(sealList(head), key))).toBe('push.bad-metadata')
  }
  for (const head of [7n, [], new Map([['@', new Uint8Array(66).fill(0xff)]])]) {
    expect(codeOf(() => openPushPayload(sealList(head), key))).toBe('push.bad-metadata')
  }
  expect(codeOf(() => openPushPayload(sealMetadata({}), key))).toBeUndefined()
  expect(openPushPayload(sealMetadata({ B: false }), key).metadata.bodyOmitted).toBe(false)
})

test('the body is as long as the metadata says, or left out', () => {
  const withBody = (change: object, body: Uint8Array) => (): unknown =>
    openPushPayload(sealList(JSON.stringify({ ...json, ...change }), body), key)
  expect(codeOf(withBody({ l: 2 }, new Uint8Array(2)))).toBeUndefined()
  expect(codeOf(withBody({ l: 3 }, new Uint8Array(2)))).toBe('push.wrong-length')
  expect(codeOf(withBody({}, new Uint8Array(2)))).toBe('push.wrong-length')
  expect(codeOf(withBody({ l: 2, B: true }, new Uint8Array(2)))).toBe('push.wrong-length')
  expect(codeOf(() => openPushPayload(sealMetadata({ l: 2 }), key))).toBe('push.wrong-length')
  expect(codeOf(() => openPushPayload(sealMetadata({ l: 2, B: true }), key))).toBeUndefined()
})

test('hostile bytes give a coded error', () => {
  const payload = sealPushPayload(about, Uint8Array.of(1, 2, 3), key, nonce)
  fc.assert(fc.property(anyInput(fc.constant(payload)), bytes => void codeOf(() => openPushPayload(bytes, key))))
  const list = encodeBencode([JSON.stringify({ ...json, l: 3 }), Uint8Array.of(1, 2, 3)])
  fc.assert(
    fc.property(anyInput(fc.constant(list)), bytes => {
      const sealed = concatBytes(nonce, xchacha20poly1305Seal(key, nonce, bytes))
      codeOf(() => openPushPayload(sealed, key))
    }),
  )
})

test('known answer: the key of a duplicate', () => {
  const { service, svcid, hash, key: expected } = servers.push_subscribe.dedup_filter
  expect(pushDuplicateKey(service, svcid, hash)).toEqual(decodeHex(expected))
})
