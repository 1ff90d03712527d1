import { ed25519KeyPairToX25519 } from '@sotto/protocol/crypto'
import { decodeBase64, utf8Decode, utf8Encode } from '@sotto/protocol/encoding'
import {
  buildOnion,
  decodeV3Reply,
  decodeV4Reply,
  drawLayerSecrets,
  encodeV3Request,
  encodeV4Request,
  openLayer,
  type OnionCipher,
  parseServerAddress,
  V4_TARGET,
} from '@sotto/protocol/onion'
import { systemRandom } from '@sotto/server'
import { expect } from 'vitest'
import { keyPair } from './test-server.ts'

/** What is asked of a file server. */
export interface Ask {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array<ArrayBuffer>
}

/** What it answers. */
interface Answer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: Uint8Array
  readonly json: () => unknown
}

/** One way to ask. */
export type Way = (url: string, ask: Ask) => Promise<Answer>

/** Over HTTP. */
export const direct: Way = async (url, { method = 'GET', path, headers = {}, body }) => {
  const reply = await fetch(`${url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) })
  return answer(reply.status, new Map(reply.headers), new Uint8Array(await reply.arrayBuffer()))
}

/** Seals a payload as a client does, and posts it as the exit of a path does. */
export async function post(url: string, target: string, payload: Uint8Array, cipher: OnionCipher) {
  const address = parseServerAddress({ host: 'files.example', protocol: 'http', port: 80, target: V4_TARGET })
  const { publicKey: key } = ed25519KeyPairToX25519(keyPair)
  const path = { hops: [], destination: { kind: 'server' as const, address, key } }
  const { request, keys } = buildOnion(payload, path, drawLayerSecrets(systemRandom, cipher, 1), { cipher })
  const [layer] = keys.layers
  if (layer === undefined) throw new Error('an onion has a layer')
  const reply = await fetch(`${url}${target}`, { method: 'POST', body: new Uint8Array(request) })
  return { status: reply.status, bytes: new Uint8Array(await reply.arrayBuffer()), layer }
}

/** Inside an onion of the present form. */
export function v4(cipher: OnionCipher): Way {
  return async (url, { method = 'GET', path, headers = {}, body }) => {
    const request = { method, endpoint: path, headers: new Map(Object.entries(headers)) }
    const payload = encodeV4Request(body === undefined ? request : { ...request, body })
    const { status, bytes, layer } = await post(url, V4_TARGET, payload, cipher)
    expect(status).toBe(200)
    const reply = decodeV4Reply(openLayer(bytes, layer))
    return answer(reply.code, reply.headers, reply.body)
  }
}

/** Inside an onion of the deprecated form: no headers come back, and of errors only the status. */
export async function askV3(url: string, target: string, ask: Ask, cipher: OnionCipher): Promise<Uint8Array | number> {
  const { method = 'GET', path, headers = {}, body } = ask
  const request = { method, endpoint: path, headers: new Map(Object.entries(headers)) }
  const payload = encodeV3Request(body === undefined ? request : { ...request, body: utf8Decode(body) })
  const { status, bytes, layer } = await post(url, target, payload, cipher)
  expect(status).toBe(200)
  const reply = decodeV3Reply(openLayer(decodeBase64(utf8Decode(bytes)), layer))
  return reply.kind === 'body' ? reply.body : reply.status
}

/** Every way that has codes and headers. */
export const ways: readonly (readonly [string, Way])[] = [
  ['direct', direct],
  ['v4 with xchacha20', v4('xchacha20')],
  ['v4 with aes-gcm', v4('aes-gcm')],
]

/** Brings a file. */
export async function upload(way: Way, url: string, body: Uint8Array<ArrayBuffer> | string, ttl?: string) {
  const bytes = typeof body === 'string' ? new Uint8Array(utf8Encode(body)) : body
  const headers = ttl === undefined ? {} : { headers: { 'X-FS-TTL': ttl } }
  return way(url, { method: 'POST', path: '/file', body: bytes, ...headers })
}

function answer(status: number, headers: ReadonlyMap<string, string>, body: Uint8Array): Answer {
  return { status, headers, body, json: () => JSON.parse(utf8Decode(body)) as unknown }
}
