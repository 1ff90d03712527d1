import { X25519KeyPair, X25519SecretKey } from '@sotto/protocol/crypto'
import { concatBytes, decodeBase64, encodeBase64, utf8Decode, utf8Encode } from '@sotto/protocol/encoding'
import {
  buildOnion,
  decodeV3Reply,
  decodeV4Reply,
  drawLayerSecrets,
  encodeV3Request,
  encodeV4Request,
  openLayer,
  parseServerAddress,
  V3_TARGET,
  V4_TARGET,
  type OnionCipher,
} from '@sotto/protocol/onion'
import { seededRandom } from '@sotto/testing'
import { expect, test } from 'vitest'
import {
  jsonReply,
  RouteTable,
  systemRandom,
  textReply,
  UnhandledErrors,
  v3OnionRoute,
  v4OnionRoute,
  type ServerRequest,
} from '@sotto/server'
import { http1 } from '../support/client.ts'
import { startListener } from '../support/test-listener.ts'

const random = seededRandom(9)
const keyPair = new X25519KeyPair(new X25519SecretKey(random(32)))

async function start(routes: Readonly<Record<string, (request: ServerRequest) => ReturnType<typeof textReply>>>) {
  const unhandled = new UnhandledErrors()
  const plain = new Map(Object.entries(routes).map(([name, handle]) => [name, { maxBodyBytes: 1000, handle }]))
  const inner = new RouteTable({ routes: plain, unhandled })
  const options = { keyPair, random: systemRandom, inner, maxBodyBytes: 10_485_760 }
  const v3 = v3OnionRoute({ ...options, legacyEndpoint: endpoint => `/legacy/${endpoint}` })
  const onions = { [`POST ${V4_TARGET}`]: v4OnionRoute(options), [`POST ${V3_TARGET}`]: v3, 'POST /oxen/v3/lsrpc': v3 }
  const { port } = await startListener({ ...Object.fromEntries(plain), ...onions }, { unhandled })
  return { port, unhandled }
}

/** What an exit node would post, and the key for the answer. */
function seal(payload: Uint8Array, cipher: OnionCipher = 'aes-gcm') {
  const address = parseServerAddress({ host: 'example.org', protocol: 'https', port: 443, target: V4_TARGET })
  const path = { hops: [], destination: { kind: 'server' as const, address, key: keyPair.publicKey } }
  const { request, keys } = buildOnion(payload, path, drawLayerSecrets(random, cipher, 1), { cipher })
  const [key] = keys.layers
  if (key === undefined) throw new Error('an onion has a layer')
  return { request, key }
}

async function askV4(port: number, payload: Uint8Array, cipher: OnionCipher = 'aes-gcm') {
  const { request, key } = seal(payload, cipher)
  const answer = await http1(port, { method: 'POST', path: V4_TARGET, body: request })
  expect(answer.status).toBe(200)
  const reply = decodeV4Reply(openLayer(answer.body, key))
  return { ...reply, text: utf8Decode(reply.body) }
}

function v4(method: string, endpoint: string, headers: Readonly<Record<string, string>> = {}, body?: string) {
  const lines = new Map(Object.entries(headers))
  return encodeV4Request({
    method,
    endpoint,
    headers: lines,
    ...(body === undefined ? {} : { body: utf8Encode(body) }),
  })
}

async function askV3(port: number, payload: Uint8Array, target: string = V3_TARGET) {
  const { request, key } = seal(payload)
  const answer = await http1(port, { method: 'POST', path: target, body: request })
  expect(answer.status).toBe(200)
  return decodeV3Reply(openLayer(decodeBase64(answer.text), key))
}

const describeRequest = ({ method, path, query, headers, body }: ServerRequest) =>
  jsonReply(200, { method, path, query, headers: Object.fromEntries(headers.entries()), body: utf8Decode(body) })

test.for(['aes-gcm', 'xchacha20'] as const)('v4 with %s: the inner request reaches its route', async cipher => {
  const { port } = await start({ 'POST /room/café': describeRequest })
  const payload = v4(
    'POST',
    '/room/caf%C3%A9?limit=%20',
    { 'X-SOGS-Nonce': 'n', 'Content-Type': 'application/json', 'content-length': '7' },
    '{}',
  )
  const { code, headers, text } = await askV4(port, payload, cipher)
  expect(code).toBe(200)
  expect(headers).toEqual(new Map([['content-type', 'application/json']]))
  expect(JSON.parse(text)).toEqual({
    method: 'POST',
    path: '/room/café',
    query: 'limit=%20',
    headers: { 'x-sogs-nonce': 'n', 'content-type': 'application/json' },
    body: '{}',
  })
})

test('v4: a body without a type is bytes, and without a body there is no type', async () => {
  const { port } = await start({ 'POST /': describeRequest, 'GET /': describeRequest })
  expect(JSON.parse((await askV4(port, v4('POST', '/', {}, 'x'))).text)).toMatchObject({
    headers: { 'content-type': 'application/octet-stream' },
  })
  expect(JSON.parse((await askV4(port, v4('GET', '/'))).text)).toMatchObject({ headers: {}, body: '' })
})

test('v4: statuses of inner requests are inside, 200 is outside', async () => {
  const { port, unhandled } = await start({
    'GET /teapot': () => textReply(418, 'short and stout'),
    'GET /broken': () => {
      throw new TypeError('broken')
    },
    'POST /small': describeRequest,
  })
  expect(await askV4(port, v4('GET', '/teapot'))).toMatchObject({ code: 418, text: 'short and stout' })
  expect(await askV4(port, v4('GET', '/none'))).toMatchObject({ code: 404, text: 'get /none Not Found' })
  expect(await askV4(port, v4('GET', '/%ff'))).toMatchObject({ code: 400 })
  expect(await askV4(port, v4('POST', '/small', {}, 'x'.repeat(1001)))).toMatchObject({ code: 413 })
  expect(unhandled.count).toBe(0)
  expect(await askV4(port, v4('GET', '/broken'))).toMatchObject({ code: 500, text: 'request failed' })
  expect(unhandled.count).toBe(1)
})

test('v4: an onion inside an onion is not opened', async () => {
  const { port } = await start({ 'GET /': describeRequest })
  const { request } = seal(v4('GET', '/'))
  const payload = encodeV4Request({ method: 'POST', endpoint: V4_TARGET, headers: new Map(), body: request })
  expect(await askV4(port, payload)).toMatchObject({ code: 404 })
})

test.for(['', 'le', 'l2:{}e', 'l5:[1,2]e', '{}', 'l3:{}xe'])(
  'v4: what opens and cannot be read is code 400: %j',
  async payload => {
    const { port } = await start({})
    const reply = await askV4(port, utf8Encode(payload))
    expect(reply).toMatchObject({ code: 400, text: 'Invalid v4 onion request' })
    expect(reply.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  },
)

test.for([V4_TARGET, V3_TARGET])('%s: what does not open is 400 outside', async target => {
  const { port } = await start({})
  const { request } = seal(v4('GET', '/'))
  const flipped = request.with(20, (request[20] ?? 0) ^ 1)
  const bodies = [new Uint8Array(), new Uint8Array(3), Uint8Array.of(255, 255, 255, 255), request.slice(0, -1), flipped]
  const unknown = concatBytes(
    Uint8Array.of(0, 0, 0, 0),
    utf8Encode(`{"ephemeral_key":"${'1'.repeat(64)}","enc_type":"rot13"}`),
  )
  const weak = concatBytes(Uint8Array.of(0, 0, 0, 0), utf8Encode(`{"ephemeral_key":"${'0'.repeat(64)}"}`))
  for (const body of [...bodies, unknown, weak]) {
    expect(await http1(port, { method: 'POST', path: target, body })).toMatchObject({ status: 400 })
  }
})

test('the key may be in base64', async () => {
  const { port } = await start({ 'GET /': () => textReply(200, 'found') })
  const { request, key } = seal(v4('GET', '/'))
  const length = new DataView(request.buffer, request.byteOffset).getUint32(0, true)
  const json = JSON.parse(utf8Decode(request.subarray(4 + length))) as { readonly ephemeral_key: string }
  const base64 = encodeBase64(Uint8Array.from(Buffer.from(json.ephemeral_key, 'hex')))
  const body = concatBytes(request.subarray(0, 4 + length), utf8Encode(JSON.stringify({ ephemeral_key: base64 })))
  const answer = await http1(port, { method: 'POST', path: V4_TARGET, body })
  expect(utf8Decode(decodeV4Reply(openLayer(answer.body, key)).body)).toBe('found')
})

test('v3: a body is JSON, the answer is the body alone', async () => {
  const { port } = await start({ 'POST /file': describeRequest })
  const payload = encodeV3Request({
    method: 'POST',
    endpoint: '/file?a=b',
    headers: new Map([['x-a', 'b']]),
    body: '{"c":1}',
  })
  for (const target of [V3_TARGET, '/oxen/v3/lsrpc']) {
    const reply = await askV3(port, payload, target)
    expect(JSON.parse(utf8Decode(reply.kind === 'body' ? reply.body : new Uint8Array()))).toEqual({
      method: 'POST',
      path: '/file',
      query: 'a=b',
      headers: { 'x-a': 'b', 'content-type': 'application/json' },
      body: '{"c":1}',
    })
  }
})

test('v3: an endpoint without slash is a legacy one, and only there the code of authorisation counts', async () => {
  const { port } = await start({ 'GET /legacy/rooms': describeRequest, 'GET /rooms': describeRequest })
  const ask = async (endpoint: string) => {
    const reply = await askV3(port, encodeV3Request({ method: 'GET', endpoint, headers: new Map(), authCode: 'abc' }))
    return JSON.parse(utf8Decode(reply.kind === 'body' ? reply.body : new Uint8Array())) as unknown
  }
  expect(await ask('rooms')).toMatchObject({ path: '/legacy/rooms', headers: { authorization: 'abc' } })
  expect(await ask('/rooms')).toMatchObject({ path: '/rooms', headers: { 'content-type': 'application/json' } })
})

test('v3: of an error the status is told and nothing else', async () => {
  const { port } = await start({ 'GET /no': () => textReply(403, 'a reason') })
  const ask = (payload: string) => askV3(port, utf8Encode(payload))
  expect(await ask('{"method":"GET","endpoint":"/no","headers":{}}')).toEqual({ kind: 'status', status: 403 })
  expect(await ask('{"method":"GET","endpoint":"/none"}')).toEqual({ kind: 'status', status: 404 })
  expect(await ask('{"method":"GET","endpoint":"/no","body":"x"}')).toEqual({ kind: 'status', status: 400 })
  expect(await ask('{"method":"GET","endpoint":"/no","body":"null"}')).toEqual({ kind: 'status', status: 403 })
  expect(await ask('not json')).toEqual({ kind: 'status', status: 400 })
  expect(await ask('{}')).toEqual({ kind: 'status', status: 400 })
})
