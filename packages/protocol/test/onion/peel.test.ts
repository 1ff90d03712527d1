import fc from 'fast-check'
import { expect, test } from 'vitest'
import { equalBytes, x25519PublicKey } from '../../src/crypto/index.ts'
import { encodeFrame, utf8Encode } from '../../src/encoding/index.ts'
import { peelOnion, peelOnionInPlace, sealLayer, type OnionRequest } from '../../src/onion/index.ts'
import { codeOf } from '../coded.ts'
import { nodeOf, pairOf } from './fixtures.ts'

const node = pairOf(1)
const key = 'ab'.repeat(32)
const { id } = nodeOf(5)

/** A layer for the node, with this plaintext. */
function layerOf(plaintext: Uint8Array): OnionRequest {
  const { blob } = sealLayer('aes-gcm', plaintext, node.publicKey, pairOf(2), new Uint8Array(12))
  return { blob, ephemeral: pairOf(2).publicKey, cipher: 'aes-gcm', hopNumber: 4 }
}

function peelJson(json: string): ReturnType<typeof peelOnion> {
  return peelOnion(layerOf(encodeFrame(Uint8Array.of(9), utf8Encode(json))), node)
}

test('headers beats host beats destination', () => {
  const host = '"host":"a.b","target":"/oxen/v4/lsrpc"'
  const route = `"destination":"${id}","ephemeral_key":"${key}"`
  expect(peelJson(`{"headers":null,${host},${route}}`)).toMatchObject({ kind: 'final', json: false, base64: true })
  expect(peelJson(`{${route},${host}}`)).toMatchObject({
    kind: 'proxy',
    address: { host: 'a.b', protocol: 'https', port: 443, target: '/oxen/v4/lsrpc' },
  })
  expect(
    peelJson(
      `{${route.toUpperCase().replace('DESTINATION', 'destination').replace('EPHEMERAL_KEY', 'ephemeral_key')}}`,
    ),
  ).toMatchObject({
    kind: 'relay',
    next: id,
    request: { blob: Uint8Array.of(9), cipher: 'aes-gcm', hopNumber: 5 },
  })
})

test('a proxied body is the whole frame, so that the server can read its key', () => {
  const frame = encodeFrame(
    Uint8Array.of(9),
    utf8Encode('{"host":"a.b","target":"/loki/v3/lsrpc","port":81,"protocol":"http"}'),
  )
  expect(peelOnion(layerOf(frame), node)).toMatchObject({ body: frame, address: { protocol: 'http', port: 81 } })
})

test.for([
  ['', 'Invalid json'],
  ['{}', 'Invalid json'],
  ['[]', 'Invalid json'],
  [`{"destination":"${id}"}`, 'Invalid json'],
  [`{"destination":"${id.slice(1)}","ephemeral_key":"${key}"}`, 'Invalid json'],
  [`{"destination":7,"ephemeral_key":"${key}"}`, 'Invalid json'],
  [`{"destination":"${id}","ephemeral_key":"${key}","enc_type":"rot13"}`, 'Invalid json'],
  ['{"host":"a.b"}', 'Invalid json'],
  ['{"host":7,"target":"/oxen/v4/lsrpc"}', 'Invalid json'],
  ['{"host":"a.b","target":"/oxen/v4/lsrpc","port":"443"}', 'Invalid json'],
  ['{"host":"a.b","target":"/oxen/v4/lsrpc","protocol":null}', 'Invalid json'],
  ['{"headers":"","json":1}', 'Invalid json'],
  ['{"headers":"","base64":"no"}', 'Invalid json'],
  ['{"host":"a.b","target":"/admin"}', 'Invalid url'],
  ['{"host":"a.b","target":"/oxen/v4/lsrpc","protocol":"ftp"}', 'Invalid url'],
  ['{"host":"a.b","target":"/oxen/v4/lsrpc","port":0}', 'Invalid url'],
  ['{"host":"10.0.0.1:80/admin?","target":"/oxen/v4/lsrpc"}', 'Invalid url'],
] as const)('refused under its own key: %s', ([json, text]) => {
  expect(peelJson(json)).toMatchObject({ kind: 'refused', text, key: { cipher: 'aes-gcm' } })
})

test.for(['aes-gcm', 'xchacha20'] as const)(
  'opened in place, %s: the same, as views of the blob; otherwise it stays',
  cipher => {
    const frame = encodeFrame(new Uint8Array(100_000).fill(9), utf8Encode('{"headers":""}'))
    const nonce = new Uint8Array(cipher === 'aes-gcm' ? 12 : 24)
    const { blob } = sealLayer(cipher, frame, node.publicKey, pairOf(2), nonce)
    const request: OnionRequest = { blob, ephemeral: pairOf(2).publicKey, cipher, hopNumber: 4 }
    const before = blob.slice()
    const peeled = peelOnion(request, node)
    expect(equalBytes(blob, before)).toBe(true)
    const inPlace = peelOnionInPlace(request, node)
    expect(inPlace).toEqual(peeled)
    expect(inPlace.kind === 'final' && inPlace.payload.buffer === blob.buffer).toBe(true)
  },
)

test('a frame that is too short is refused under the key too', () => {
  expect(peelOnion(layerOf(Uint8Array.of(1, 0)), node)).toMatchObject({ kind: 'refused', text: 'Invalid json' })
  expect(peelOnion(layerOf(Uint8Array.of(1, 0, 0, 0)), node)).toMatchObject({ kind: 'refused', text: 'Invalid json' })
})

test('what does not open, for whatever reason, is one error', () => {
  const layer = layerOf(utf8Encode('whatever'))
  const wrong: readonly OnionRequest[] = [
    { ...layer, blob: new Uint8Array() },
    { ...layer, blob: layer.blob.subarray(1) },
    { ...layer, cipher: 'xchacha20' },
    { ...layer, ephemeral: pairOf(3).publicKey },
    { ...layer, ephemeral: x25519PublicKey(new Uint8Array(32)) },
  ]
  for (const request of wrong) expect(codeOf(() => peelOnion(request, node))).toBe('onion.bad-ciphertext')
})

test('any plaintext is peeled to something', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.json(), (blob, json) => {
      expect(peelOnion(layerOf(blob), node).kind).toBe('refused')
      expect(peelOnion(layerOf(encodeFrame(blob, utf8Encode(json))), node).kind).toMatch(
        /^(?:refused|final|proxy|relay)$/,
      )
    }),
  )
})
