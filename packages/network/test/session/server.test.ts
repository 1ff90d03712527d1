import { X25519KeyPair, X25519SecretKey } from '@sotto/protocol/crypto'
import { utf8Decode, utf8Encode } from '@sotto/protocol/encoding'
import {
  decodeV4Request,
  encodeV4Reply,
  openServerOnion,
  parseServerAddress,
  parseServerOnion,
  sealWithLayerKey,
  type ServerDestination,
  V4_TARGET,
  type V4Request,
} from '@sotto/protocol/onion'
import { expect, test } from 'vitest'
import { isTransient } from '../../src/index.ts'
import { finish, startClient, twoSwarms } from '../fake/fake-client.ts'
import { FakeNetwork, type FakeServer } from '../fake/fake-network.ts'

const serverKeys = new X25519KeyPair(new X25519SecretKey(new Uint8Array(32).fill(77)))
const address = parseServerAddress({ host: 'files.example', protocol: 'https', port: 443, target: V4_TARGET })
const server: ServerDestination = { kind: 'server', key: serverKeys.publicKey, address }

/** A server that answers with what it was asked. */
const echo: FakeServer = body => {
  const { payload, key } = openServerOnion(parseServerOnion(body), serverKeys)
  const { method, endpoint, body: asked = new Uint8Array() } = decodeV4Request(payload)
  const answer = utf8Encode(`${method} ${endpoint} ${utf8Decode(asked)}`)
  const reply = encodeV4Reply({ code: 207, headers: new Map([['x-y', 'z']]), body: answer })
  return { status: 200, body: sealWithLayerKey(reply, key, new Uint8Array(12).fill(5)) }
}

function requestOf(method: string, body: string): V4Request {
  return { method, endpoint: '/room/1', headers: new Map(), ...(method === 'GET' ? {} : { body: utf8Encode(body) }) }
}

test('asks a server through three nodes, in standard sizes', async () => {
  const fake = new FakeNetwork(twoSwarms)
  fake.server = echo
  const network = await startClient(fake)
  const session = network.session('community:example')
  for (let length = 1250; length < 1450; length += 1) {
    const reply = await finish(fake.clock, session.toServer(server, requestOf('POST', 'x'.repeat(length))))
    expect(reply.code).toBe(207)
    expect(utf8Decode(reply.body)).toBe(`POST /room/1 ${'x'.repeat(length)}`)
  }
  expect(fake.oddSizes).toEqual([])
  expect(fake.routes.at(-1)?.length).toBe(3)
  await finish(fake.clock, network.stop())
})

test('the memory of a large request and of its answer is given back, and of nothing that somebody still reads', async () => {
  const fake = new FakeNetwork(twoSwarms)
  fake.server = echo
  const network = await startClient(fake)
  const session = network.session('files')
  const request = requestOf('POST', 'x'.repeat(20_000))
  for (const freesRequests of [false, true]) {
    fake.freesRequests = freesRequests
    const { body, memory } = await finish(fake.clock, session.toServer(server, request))
    expect(utf8Decode(body)).toBe(`POST /room/1 ${'x'.repeat(20_000)}`)
    expect(memory?.buffer).toBe(body.buffer)
    expect(memory?.length).toBe(body.buffer.byteLength)
    expect(request.body).toHaveLength(20_000)
    expect(fake.latest.request.length === 0).toBe(freesRequests)
    expect(fake.latest.reply).toHaveLength(0)
  }
  await finish(fake.clock, network.stop())
})

test('a server that is not there is no fault of the path', async () => {
  const fake = new FakeNetwork(twoSwarms)
  const network = await startClient(fake)
  const session = network.session('community:example')
  const failed: unknown = await finish(fake.clock, session.toServer(server, requestOf('POST', 'x'))).catch(
    (e: unknown) => e,
  )
  expect(failed).toMatchObject({ code: 'network.server-failed', detail: { status: 502 } })
  expect(isTransient(failed)).toBe(true)
  expect(session.path()?.failure).toBeUndefined()
  fake.server = () => ({ status: 200, body: utf8Encode('no onion') })
  await expect(finish(fake.clock, session.toServer(server, requestOf('POST', 'x')))).rejects.toMatchObject({
    code: 'network.path-failed',
  })
  await finish(fake.clock, network.stop())
})

test('silence is not answered with the same message again, unless that does no harm', async () => {
  const fake = new FakeNetwork(twoSwarms)
  let posts = 0
  fake.server = body => {
    posts += 1
    return posts === 1 ? 'silent' : echo(body)
  }
  const network = await startClient(fake)
  const session = network.session('community:example')
  const post = session.toServer(server, requestOf('POST', 'x'), { deadlineMs: 60_000 })
  await expect(finish(fake.clock, post)).rejects.toMatchObject({ code: 'network.timed-out' })
  expect(posts).toBe(1)
  posts = 0
  const { code } = await finish(fake.clock, session.toServer(server, requestOf('GET', ''), { deadlineMs: 60_000 }))
  expect(code).toBe(207)
  expect(posts).toBe(2)
  posts = 0
  const options = { deadlineMs: 60_000, repeatable: true }
  await finish(fake.clock, session.toServer(server, requestOf('POST', 'x'), options))
  expect(posts).toBe(2)
  await finish(fake.clock, network.stop())
})

test('a large body has the time that a slow connection needs for it', async () => {
  const fake = new FakeNetwork(twoSwarms)
  fake.server = () => 'silent'
  const network = await startClient(fake)
  const session = network.session('files:example')
  const timeOf = async (bytes: number, replyBytes: number): Promise<number> => {
    const start = fake.clock.monotonic()
    const options = { deadlineMs: 600_000, replyBytes }
    const asked = session.toServer(server, requestOf('POST', 'x'.repeat(bytes)), options)
    await expect(finish(fake.clock, asked)).rejects.toMatchObject({ code: 'network.timed-out' })
    return Math.round((fake.clock.monotonic() - start) / 1000)
  }
  const times = [await timeOf(10, 0), await timeOf(1_000_000, 0), await timeOf(10, 500_000)]
  expect(times).toEqual([26, 46, 36])
  await finish(fake.clock, network.stop())
})

test('a dead guard does not keep a message from being sent once', async () => {
  const fake = new FakeNetwork(twoSwarms)
  fake.server = echo
  const network = await startClient(fake)
  const session = network.session('community:example')
  await finish(fake.clock, session.toServer(server, requestOf('GET', '')))
  fake.node(session.path()?.hops[0]?.id).isDown = true
  for (let count = 0; count < 6; count++) {
    const { code } = await finish(fake.clock, session.toServer(server, requestOf('POST', 'x')))
    expect(code).toBe(207)
  }
  await finish(fake.clock, network.stop())
})
