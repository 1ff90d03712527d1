import { utf8Decode, utf8Encode } from '@sotto/protocol/encoding'
import { Listener, RemoteAddress, type Route, type ServerReply, type ServerRequest } from '@sotto/server'
import { expect, test } from 'vitest'
import { memberRoute } from '../../src/http/member-route.ts'
import { onionRoute } from '../../src/http/onion-route.ts'
import { storageRoute } from '../../src/http/storage-route.ts'
import { pingRoute } from '../../src/ping/ping-route.ts'
import { onionTo, testRelays } from '../onion/relays.ts'

const admitting = { admitRpc: () => true, admitOnion: () => 'admitted' as const, onionOver: () => {} }

async function ask(route: Route, body: Uint8Array, headers: readonly [string, string][] = []): Promise<ServerReply> {
  const request: ServerRequest = {
    method: 'POST',
    path: '/',
    query: '',
    headers: new Map(headers),
    body,
    peer: new RemoteAddress('127.0.0.1'),
    signal: new AbortController().signal,
  }
  return route.handle(request)
}

function storage(overrides: Partial<Parameters<typeof storageRoute>[0]> = {}): Route {
  const rpc = {
    answer: async (body: Uint8Array, origin: string) => ({
      status: 421,
      contentType: 'application/json' as const,
      body: `${origin} ${utf8Decode(body)}`,
    }),
  }
  return storageRoute({ rpc, gate: admitting, blockers: () => [], ...overrides })
}

test('a storage request has the status of its reply', async () => {
  expect(await ask(storage(), utf8Encode('{}'))).toEqual({
    status: 421,
    headers: { 'content-type': 'application/json' },
    body: 'client {}',
  })
})

test('reasons not to answer a storage request', async () => {
  const body = utf8Encode('{}')
  expect((await ask(storage(), body, [['x-loki-long-poll', '']])).status).toBe(410)
  expect(await ask(storage({ blockers: () => ['syncing', 'no swarm'] }), body)).toMatchObject({
    status: 503,
    headers: { 'content-type': 'text/plain' },
    body: 'Service node is not ready: syncing; no swarm\n',
  })
  expect(await ask(storage({ gate: { admitRpc: () => false } }), body)).toMatchObject({
    status: 429,
    body: 'Too Many Requests\n',
  })
})

test('an onion is answered in plain text, or in the type of the server', async () => {
  const [relay] = testRelays(1)
  if (relay === undefined) return expect.fail()
  const route = onionRoute({ relay: relay.relay, gate: admitting })
  expect(await ask(route, onionTo([relay]).request)).toMatchObject({
    status: 200,
    headers: { 'content-type': 'text/plain' },
  })
  const served = onionRoute({
    relay: { enter: async () => ({ status: 200, body: 'x', contentType: 'a/b' }) },
    gate: admitting,
  })
  expect(await ask(served, utf8Encode(''))).toMatchObject({ headers: { 'content-type': 'a/b' } })
})

test('every admitted onion is given back', async () => {
  let inFlight = 0
  const gate = { admitOnion: () => (inFlight++, 'admitted' as const), onionOver: () => inFlight-- }
  const enter = async (): Promise<never> => {
    throw new RangeError('a mistake')
  }
  await expect(ask(onionRoute({ relay: { enter }, gate }), utf8Encode(''))).rejects.toThrow(RangeError)
  expect(inFlight).toBe(0)
})

test.for([
  ['limited', 429],
  ['busy', 503],
] as const)('an onion that is %s', async ([admission, status]) => {
  const [relay] = testRelays(1)
  if (relay === undefined) return expect.fail()
  const gate = { ...admitting, admitOnion: () => admission }
  expect((await ask(onionRoute({ relay: relay.relay, gate }), utf8Encode(''))).status).toBe(status)
})

test('the ping test names the node', async () => {
  const [relay] = testRelays(1)
  if (relay === undefined) return expect.fail()
  const { id, ed25519 } = relay.identity
  const expected = Buffer.from(ed25519.publicKey).toString('base64')
  const listener = new Listener({
    host: '127.0.0.1',
    port: 0,
    routes: new Map([['POST /ping_test/v1', pingRoute(id)]]),
    server: 'Oxen Storage Server/2.8.0',
  })
  await listener.start()
  const url = `http://127.0.0.1:${listener.port}/ping_test/v1`
  const reply = await fetch(url, { method: 'POST', headers: { connection: 'close' } })
  expect(reply.status).toBe(200)
  expect(reply.headers.get('X-Oxen-Snode-Pubkey')).toBe(expected)
  expect(reply.headers.get('Server')).toBe('Oxen Storage Server/2.8.0')
  const wrong = await fetch(`${url}?x`, { headers: { connection: 'close' } })
  expect([wrong.status, await wrong.text()]).toEqual([404, 'get /ping_test/v1 Not Found'])
  await listener.stop()
})

test('frames of members go to the endpoint', async () => {
  const route = memberRoute({ handle: async frame => ({ status: 200, body: frame }) })
  expect(await ask(route, utf8Encode('frame'))).toMatchObject({ status: 200, body: utf8Encode('frame') })
})
