import { expect, test } from 'vitest'
import { decodeHex, encodeHex, latin1Decode, utf8Decode, utf8Encode } from '../../src/encoding/index.ts'
import {
  buildOnion,
  drawLayerSecrets,
  onionSize,
  openServerOnion,
  padRpc,
  parseOnionRequest,
  parseServerAddress,
  parseServerOnion,
  peelOnion,
  requestBucket,
  type OnionCipher,
  type OnionPath,
  type OnionRequest,
} from '../../src/onion/index.ts'
import { parseNodeId } from '../../src/swarm/index.ts'
import network from '../../../../vectors/network.json' with { type: 'json' }
import libsession from '../../../../vectors/libsession.json' with { type: 'json' }
import { codeOf } from '../coded.ts'
import { nodePath, pairOf, publicKeyOf, secretsOf, serverPath } from './fixtures.ts'
import { destinationPair, keyPairOf, pathOfVector, secretsOfVector } from './vector-path.ts'

test.for(network.onion)('whole onion: $what', v => {
  const cipher = v.enc_type as OnionCipher
  const payload = utf8Encode(v.rpc_body ?? v.v4_plaintext ?? '')
  const built = buildOnion(payload, pathOfVector(v), secretsOfVector(v), { cipher })
  expect(encodeHex(built.request)).toBe(v.wire_hex)
  expect(built.keys.layers.map(({ key }) => encodeHex(key.expose()))).toEqual(v.layers.map(layer => layer.key))
  let request = parseOnionRequest(built.request)
  for (const layer of v.layers.slice(1).toReversed()) {
    const peeled = peelOnion(request, keyPairOf(layer))
    if (peeled.kind === 'proxy') expect(encodeHex(peeled.body)).toBe(v.exit_post_hex)
    if (peeled.kind === 'proxy') request = parseServerOnion(peeled.body)
    if (peeled.kind === 'relay') ({ request } = peeled)
  }
  expect(encodeHex(lastPayload(request, destinationPair(v), v.rpc_body !== undefined))).toBe(encodeHex(payload))
})

function lastPayload(request: OnionRequest, keyPair: ReturnType<typeof keyPairOf>, forNode: boolean): Uint8Array {
  if (!forNode) return openServerOnion(request, keyPair).payload
  const peeled = peelOnion(request, keyPair)
  return peeled.kind === 'final' ? peeled.payload : new Uint8Array()
}

test.for(libsession.onion_request)('the full style, keys drawn: $enc_type to $destination.kind', v => {
  const cipher = v.enc_type as OnionCipher
  const blocks = v.random.map(decodeHex)
  const secrets = drawLayerSecrets(() => blocks.shift() ?? new Uint8Array(), cipher, v.hops.length + 1)
  const built = buildOnion(decodeHex(v.payload), libsessionPath(v), secrets, { cipher, style: 'full' })
  expect(encodeHex(built.request)).toBe(v.built)
  expect(blocks).toEqual([])
})

function libsessionPath({ hops, destination: d }: (typeof libsession.onion_request)[number]): OnionPath {
  const key = publicKeyOf(d.x25519_pk)
  return {
    hops: hops.map(hop => ({ id: parseNodeId(hop.ed25519_pk), key: publicKeyOf(hop.x25519_pk) })),
    destination:
      d.host === undefined
        ? { kind: 'node', id: parseNodeId(d.ed25519_pk ?? ''), key }
        : { kind: 'server', key, address: parseServerAddress(addressOf(d)) },
  }
}

function addressOf({
  host = '',
  target = '',
  protocol = '',
  port,
}: {
  host?: string
  target?: string
  protocol?: string
  port?: number | null
}) {
  return { host, target, protocol, port: port ?? (protocol === 'http' ? 80 : 443) }
}

const options = { cipher: 'aes-gcm' } as const

test('without hops the frame is for the destination itself', () => {
  const { request } = buildOnion(utf8Encode('{}'), nodePath(0), secretsOf(1, 12), options)
  expect(peelOnion(parseOnionRequest(request), pairOf(9))).toMatchObject({ kind: 'final', payload: utf8Encode('{}') })
  const posted = buildOnion(utf8Encode('le'), serverPath(0), secretsOf(1, 12), options).request
  expect(openServerOnion(parseServerOnion(posted), pairOf(9)).payload).toEqual(utf8Encode('le'))
})

test('brief JSON names port and protocol only where a reader would assume others', () => {
  const path = serverPath(1)
  if (path.destination.kind !== 'server') throw new Error('a server was asked for')
  const http = { ...path.destination, address: { ...path.destination.address, protocol: 'http', port: 80 } as const }
  const { request } = buildOnion(new Uint8Array(), { ...path, destination: http }, secretsOf(2, 24), {
    cipher: 'xchacha20',
  })
  const peeled = peelOnion(parseOnionRequest(request), pairOf(1))
  if (peeled.kind !== 'proxy') throw new Error(`peeled ${peeled.kind}`)
  expect(latin1Decode(peeled.body)).toMatch(
    /"ephemeral_key":"[0-9a-f]{64}","protocol":"http","port":80,"enc_type":"xchacha20"}$/,
  )
  expect(peeled.address).toEqual(http.address)
})

test('the hop number and the wishes about the reply are said when given', () => {
  const path = nodePath(0)
  const destination = { ...path.destination, json: true, base64: false }
  for (const style of ['brief', 'full'] as const) {
    const { request } = buildOnion(utf8Encode('{}'), { ...path, destination }, secretsOf(1, 12), {
      ...options,
      style,
      hopNumber: 12,
    })
    expect(utf8Decode(request.subarray(-13))).toBe(',"hop_no":12}'.slice(-13))
    const parsed = parseOnionRequest(request)
    expect(parsed.hopNumber).toBe(12)
    expect(peelOnion(parsed, pairOf(9))).toMatchObject({ kind: 'final', json: true, base64: false })
  }
})

test('the size is known beforehand, and a payload can be padded to a standard size', () => {
  for (const path of [nodePath(0), nodePath(3), serverPath(2)]) {
    for (const cipher of ['aes-gcm', 'xchacha20'] as const) {
      for (const style of ['brief', 'full'] as const) {
        const rpc = utf8Encode('{"method":"info","params":{}}')
        const size = onionSize(rpc.length, path, { cipher, style })
        const padded = padRpc(rpc, requestBucket(size) - size)
        const secrets = secretsOf(path.hops.length + 1, cipher === 'aes-gcm' ? 12 : 24)
        expect(buildOnion(rpc, path, secrets, { cipher, style }).request.length).toBe(size)
        expect(buildOnion(padded, path, secrets, { cipher, style }).request.length).toBe(2048)
      }
    }
  }
  expect(codeOf(() => padRpc(new Uint8Array(), -1))).toBe('onion.bad-padding')
})

test('a path needs one secret for each layer, and has an end', () => {
  expect(codeOf(() => buildOnion(new Uint8Array(), nodePath(3), secretsOf(3, 12), options))).toBe('onion.bad-path')
  expect(codeOf(() => buildOnion(new Uint8Array(), nodePath(3), [], options))).toBe('onion.bad-path')
  expect(codeOf(() => buildOnion(new Uint8Array(), nodePath(16), secretsOf(17, 12), options))).toBe('onion.bad-path')
  expect(codeOf(() => buildOnion(new Uint8Array(), nodePath(1), secretsOf(2, 24), options))).toBe('onion.bad-nonce')
})

test('more than 10 MiB are refused before anything is sealed, the largest passes', () => {
  const overhead = onionSize(0, nodePath(1), options)
  const largest = new Uint8Array(10_485_760 - overhead)
  expect(buildOnion(largest, nodePath(1), secretsOf(2, 12), options).request.length).toBe(10_485_760)
  const larger = new Uint8Array(largest.length + 1)
  expect(codeOf(() => buildOnion(larger, nodePath(1), secretsOf(2, 12), options))).toBe('onion.too-large')
})
