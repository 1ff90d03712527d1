import { expect, test } from 'vitest'
import { decodeBase64, decodeHex, encodeBase64, encodeHex, utf8Decode, utf8Encode } from '../../src/encoding/index.ts'
import {
  buildOnion,
  decryptReply,
  deriveLayerKey,
  encodeV4Reply,
  encodeV3Reply,
  nonceSize,
  openReply,
  parseNodeReply,
  replyBucket,
  requestBucket,
  sealNodeReply,
  sealWithLayerKey,
  type BuiltOnion,
  type OnionCipher,
  type OnionPath,
} from '../../src/onion/index.ts'
import network from '../../../../vectors/network.json' with { type: 'json' }
import { codeOf } from '../coded.ts'
import { layerAt, nodePath, pairOf, secretsOf, serverPath } from './fixtures.ts'
import { pathOfVector, secretsOfVector } from './vector-path.ts'

test.for(network.onion)('reply: $what', v => {
  const cipher = v.enc_type as OnionCipher
  const { keys } = buildOnion(new Uint8Array(), pathOfVector(v), secretsOfVector(v), { cipher })
  const body =
    v.reply_http_body_b64 === undefined ? decodeHex(v.reply_http_body_hex ?? '') : utf8Encode(v.reply_http_body_b64)
  expect(utf8Decode(decryptReply(body, keys).plaintext)).toBe(v.reply_plaintext)
  const blob = v.reply_http_body_b64 === undefined ? body : decodeBase64(v.reply_http_body_b64)
  const sealed = sealWithLayerKey(utf8Encode(v.reply_plaintext), layerAt(keys, 0), blob.subarray(0, nonceSize(cipher)))
  expect(encodeHex(sealed)).toBe(encodeHex(blob))
  expect(openReply(body, keys)).toMatchObject(
    v.rpc_body === undefined ? { from: 'v4-server', code: 201 } : { from: 'node', status: 200 },
  )
})

function build(path: OnionPath, cipher: OnionCipher = 'aes-gcm'): BuiltOnion {
  return buildOnion(utf8Encode('{}'), path, secretsOf(path.hops.length + 1, nonceSize(cipher)), { cipher })
}

const nonce = new Uint8Array(12).fill(0xc0)
const { keys } = build(nodePath(3))
const reply = { status: 200, body: '{"t":1,"big":12345678901234567890}', isJson: true }

test('a node answers in base64 or not, with JSON as a string or not', () => {
  for (const base64 of [true, false]) {
    for (const json of [true, false]) {
      const sealed = sealNodeReply(reply, layerAt(keys, 0), { json, base64, nonce })
      expect(typeof sealed).toBe(base64 ? 'string' : 'object')
      const opened = openReply(typeof sealed === 'string' ? utf8Encode(`${sealed}\n`) : sealed, keys)
      expect(opened).toEqual({ from: 'node', status: 200, isJson: json, body: reply.body })
    }
  }
})

test('a text error is a string even where JSON was asked for', () => {
  const sealed = sealNodeReply({ status: 400, body: 'no method "x"', isJson: false }, layerAt(keys, 0), {
    json: true,
    base64: false,
    nonce,
  })
  expect(openReply(sealed as Uint8Array, keys)).toEqual({
    from: 'node',
    status: 400,
    body: 'no method "x"',
    isJson: false,
  })
})

test('a padded reply has a standard size outside, whatever it holds', () => {
  for (const [length, size] of [
    [0, 4096],
    [2900, 4096],
    [3100, 8192],
    [100_000, 262_144],
    [300_000, 524_288],
  ] as const) {
    const sealed = sealNodeReply({ status: 200, body: 'x'.repeat(length), isJson: false }, layerAt(keys, 0), {
      json: false,
      base64: true,
      nonce,
      pad: true,
    })
    expect(sealed.length).toBe(size)
    expect(openReply(utf8Encode(sealed as string), keys)).toMatchObject({ status: 200, body: 'x'.repeat(length) })
    const raw = sealNodeReply({ status: 200, body: '', isJson: false }, layerAt(keys, 0), {
      json: false,
      base64: false,
      nonce,
      pad: true,
    })
    expect(raw.length).toBe(4096)
  }
})

test('standard sizes', () => {
  expect([1, 2048, 2049, 131_072, 131_073, 1_048_577, 10_485_760, 10_485_761].map(requestBucket)).toEqual([
    2048, 2048, 4096, 131_072, 1_048_576, 2_097_152, 10_485_760, 10_485_761,
  ])
  expect([1, 4097, 131_073, 262_145].map(replyBucket)).toEqual([4096, 8192, 262_144, 524_288])
})

test('the key that opens an error shows which node made it', () => {
  for (const [layer, key] of keys.layers.entries()) {
    const sealed = sealNodeReply({ status: 400, body: 'Invalid json', isJson: false }, key, {
      json: false,
      base64: true,
      nonce,
    })
    const opened = openReply(utf8Encode(sealed as string), keys)
    expect(opened).toMatchObject(layer === 0 ? { from: 'node' } : { from: 'hop', hop: 3 - layer })
    expect(opened).toMatchObject({ status: 400, body: 'Invalid json' })
  }
})

test('a V4 server answers in bytes, and an exit that refuses is told from it', () => {
  const server = build(serverPath(2))
  const plaintext = encodeV4Reply({
    code: 404,
    headers: new Map([['content-type', 'text/plain']]),
    body: utf8Encode('no'),
  })
  expect(openReply(sealWithLayerKey(plaintext, layerAt(server.keys, 0), nonce), server.keys)).toEqual({
    from: 'v4-server',
    code: 404,
    headers: new Map([['content-type', 'text/plain']]),
    body: utf8Encode('no'),
    memory: plaintext,
  })
  const refusal = sealNodeReply({ status: 400, body: 'Invalid url', isJson: false }, layerAt(server.keys, 1), {
    json: false,
    base64: true,
    nonce,
  })
  expect(openReply(utf8Encode(refusal as string), server.keys)).toMatchObject({
    from: 'hop',
    hop: 1,
    body: 'Invalid url',
  })
})

test('a V3 server answers in base64, old ones inside JSON', () => {
  const server = build(serverPath(1, '/loki/v3/lsrpc'))
  for (const [status, expected] of [
    [200, { kind: 'body', body: utf8Encode('[]') }],
    [403, { kind: 'status', status: 403 }],
  ] as const) {
    const text = encodeBase64(sealWithLayerKey(encodeV3Reply(status, utf8Encode('[]')), layerAt(server.keys, 0), nonce))
    for (const body of [text, `{"result":"${text}"}`]) {
      expect(openReply(utf8Encode(body), server.keys)).toEqual({ from: 'v3-server', reply: expected })
    }
  }
})

test('an old push server answers in AES-GCM whatever it was asked in; a node does not', () => {
  const plaintext = encodeV4Reply({ code: 400, headers: new Map(), body: new Uint8Array() })
  const server = build(serverPath(1), 'xchacha20')
  const old = deriveLayerKey('aes-gcm', server.keys.secret.ephemeral, pairOf(9).publicKey)
  expect(openReply(sealWithLayerKey(plaintext, old, nonce), server.keys)).toMatchObject({
    from: 'v4-server',
    code: 400,
  })
  const node = build(nodePath(1), 'xchacha20')
  const oldNode = deriveLayerKey('aes-gcm', node.keys.secret.ephemeral, pairOf(9).publicKey)
  expect(codeOf(() => openReply(sealWithLayerKey(plaintext, oldNode, nonce), node.keys))).toBe('onion.reply-unreadable')
})

test('what no key opens is unreadable', () => {
  const long = utf8Encode('A'.repeat(200))
  for (const body of [
    new Uint8Array(),
    utf8Encode('Request time out'),
    new Uint8Array(100),
    long,
    utf8Encode('{"result":"!"}'),
  ]) {
    expect(codeOf(() => openReply(body, keys))).toBe('onion.reply-unreadable')
    expect(codeOf(() => openReply(body, build(serverPath(2), 'xchacha20').keys))).toBe('onion.reply-unreadable')
  }
  expect(codeOf(() => openReply(new Uint8Array(14_000_000), keys))).toBe('onion.too-large')
})

test('a reply as JSON may hold as many messages as fit', () => {
  const body = `[${Array.from({ length: 150_000 }, () => '{"t":1}').join(',')}]`
  expect(parseNodeReply(utf8Encode(`{"body":${body},"status":200}`)).body).toBe(body)
})

test('what opens and is no reply of a node is refused', () => {
  for (const text of [
    '',
    '[]',
    '{"status":200}',
    '{"body":""}',
    '{"status":"200","body":""}',
    '{"status":1000,"body":""}',
    `{"status":200,"body":${'['.repeat(40)}${']'.repeat(40)}}`,
  ]) {
    expect(codeOf(() => parseNodeReply(utf8Encode(text)))).toBe('onion.bad-node-reply')
  }
})
