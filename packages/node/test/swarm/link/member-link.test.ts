import { utf8Decode, utf8Encode } from '@sotto/protocol/encoding'
import { type NodeId } from '@sotto/protocol/swarm'
import { seededRandom } from '@sotto/testing'
import { expect, test } from 'vitest'
import { nodeIdentityOf } from '../../../src/rpc/node-identity.ts'
import { MemberClient } from '../../../src/swarm/link/member-client.ts'
import { MemberEndpoint, type MemberMethod } from '../../../src/swarm/link/member-endpoint.ts'
import { PairKeyRing } from '../../../src/swarm/link/pair-keys.ts'
import { MemberSessions } from '../../../src/swarm/link/sessions.ts'
import { layoutOf, LocalSwarm, nodeKeys } from '../local-swarm.ts'

const signal = new AbortController().signal
const options = { timeoutMs: 1_000, signal }

const echo: ReadonlyMap<string, MemberMethod> = new Map<string, MemberMethod>([
  [
    'echo',
    async (body: Uint8Array, sender: NodeId) => ({
      status: 200,
      body: utf8Encode(`${utf8Decode(body)} from ${sender.slice(0, 4)}`),
    }),
  ],
  ['broken', () => Promise.reject(new Error('broken'))],
])

/** Two nodes, of which the second answers with what it was asked. */
function createPair(swarm: LocalSwarm, methods: ReadonlyMap<string, MemberMethod> = echo) {
  const [alice, bob] = [nodeIdentityOf(nodeKeys(0)), nodeIdentityOf(nodeKeys(1))]
  const frames: Uint8Array[] = []
  const offsets: number[] = []
  const failures: unknown[] = []
  const heard: NodeId[] = []
  const createEndpoint = (seed: number): MemberEndpoint =>
    new MemberEndpoint({
      keys: new PairKeyRing(bob, swarm.directory),
      sessions: new MemberSessions(swarm.directory, seededRandom(seed), node => heard.push(node)),
      clock: swarm.clock,
      random: seededRandom(seed + 100),
      methods,
      maxPending: 2,
      onFailure: cause => failures.push(cause),
    })
  const state = { endpoint: createEndpoint(1) }
  const client = new MemberClient({
    id: alice.id,
    keys: new PairKeyRing(alice, swarm.directory),
    directory: swarm.directory,
    transport: {
      request: async (_, __, frame) => {
        frames.push(frame)
        return state.endpoint.handle(frame.slice(), signal)
      },
    },
    clock: swarm.clock,
    random: seededRandom(3),
    stopped: signal,
    onTime: (_, offset) => offsets.push(offset),
  })
  return { alice, bob, client, state, createEndpoint, frames, heard, offsets, failures }
}

test('a question and its answer', async () => {
  await using swarm = new LocalSwarm(layoutOf([[1n, 2]]))
  const { client, bob, alice, offsets, frames, heard } = createPair(swarm)
  const answers = await Promise.all(['one', 'two'].map(text => client.ask(bob.id, 'echo', utf8Encode(text), options)))
  expect(answers.map(({ body }) => utf8Decode(body))).toEqual([
    `one from ${alice.id.slice(0, 4)}`,
    `two from ${alice.id.slice(0, 4)}`,
  ])
  // One hello for both.
  expect(frames).toHaveLength(3)
  expect(offsets).toEqual([0, 0, 0])
  expect(heard).toEqual([alice.id])
})

test('a frame is answered once; recorded ones do nothing', async () => {
  await using swarm = new LocalSwarm(layoutOf([[1n, 2]]))
  let calls = 0
  const counting = new Map<string, MemberMethod>([
    ['count', async () => ({ status: 200, body: Uint8Array.of(++calls) })],
  ])
  const { client, bob, alice, frames, heard, state } = createPair(swarm, counting)
  await client.ask(bob.id, 'count', new Uint8Array(), options)
  for (const frame of [...frames, ...frames]) await state.endpoint.handle(frame.slice(), signal)
  expect(calls).toBe(1)
  expect(heard).toEqual([alice.id])
  // The recorded hello has ended nothing.
  expect((await client.ask(bob.id, 'count', new Uint8Array(), options)).body).toEqual(Uint8Array.of(2))
})

test('when the other side has started anew, a session is opened again, and what was recorded before does nothing', async () => {
  await using swarm = new LocalSwarm(layoutOf([[1n, 2]]))
  let calls = 0
  const counting = new Map<string, MemberMethod>([
    ['count', async () => ({ status: 200, body: Uint8Array.of(++calls) })],
  ])
  const { client, bob, frames, state, createEndpoint } = createPair(swarm, counting)
  await client.ask(bob.id, 'count', new Uint8Array(), options)
  const recorded = [...frames]
  state.endpoint = createEndpoint(2)
  const answers = await Promise.all([1, 2].map(() => client.ask(bob.id, 'count', new Uint8Array(), options)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  for (const frame of recorded) await state.endpoint.handle(frame.slice(), signal)
  expect(calls).toBe(3)
})

test('who is not listed gets nothing, and who is damaged on the way neither', async () => {
  await using swarm = new LocalSwarm(layoutOf([[1n, 2]]))
  const { client, bob, frames, state, alice } = createPair(swarm)
  await client.ask(bob.id, 'echo', utf8Encode('x'), options)
  const [hello = new Uint8Array()] = frames
  const damaged = hello.slice()
  damaged[80] = (damaged[80] ?? 0) ^ 1
  expect(await state.endpoint.handle(damaged, signal)).toMatchObject({ status: 403 })
  expect(await state.endpoint.handle(hello.subarray(0, 50), signal)).toMatchObject({ status: 400 })
  swarm.change(new Map([...layoutOf([[1n, 2]])].slice(1)))
  expect(await state.endpoint.handle(hello.slice(), signal)).toMatchObject({ status: 403 })
  await expect(client.ask(alice.id, 'echo', new Uint8Array(), options)).rejects.toThrow('link.unknown-node')
})

test('unknown methods, failures and too many at once are answered', async () => {
  await using swarm = new LocalSwarm(layoutOf([[1n, 2]]))
  const gate = Promise.withResolvers<void>()
  const waiting = new Map<string, MemberMethod>([
    ...echo,
    [
      'wait',
      async () => {
        await gate.promise
        return { status: 200, body: new Uint8Array() }
      },
    ],
  ])
  const { client, bob, failures } = createPair(swarm, waiting)
  expect(await client.ask(bob.id, 'nothing', new Uint8Array(), options)).toMatchObject({ status: 404 })
  expect(await client.ask(bob.id, 'broken', new Uint8Array(), options)).toMatchObject({ status: 500 })
  expect(failures).toHaveLength(1)
  const held = [1, 2].map(() => client.ask(bob.id, 'wait', new Uint8Array(), options))
  const third = await client.ask(bob.id, 'wait', new Uint8Array(), options)
  expect(third).toMatchObject({ status: 503 })
  gate.resolve()
  expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200])
})

test('answers are believed only from who was asked, to what was asked', async () => {
  await using swarm = new LocalSwarm(layoutOf([[1n, 3]]))
  const { client, bob, state } = createPair(swarm)
  await client.ask(bob.id, 'echo', utf8Encode('x'), options)
  const genuine = state.endpoint
  const replies: Uint8Array[] = []
  const tampered = (change: (body: Uint8Array) => Uint8Array, status = 200): MemberEndpoint =>
    ({
      handle: async (frame: Uint8Array) => {
        const reply = await genuine.handle(frame.slice(), signal)
        replies.push(reply.body)
        return { status, body: change(reply.body) }
      },
    }) as unknown as MemberEndpoint
  state.endpoint = tampered(body => body.map((byte, at) => (at === 40 ? byte ^ 1 : byte)))
  await expect(client.ask(bob.id, 'echo', utf8Encode('x'), options)).rejects.toThrow('link.bad-answer')
  state.endpoint = tampered(() => replies[0] ?? new Uint8Array())
  await expect(client.ask(bob.id, 'echo', utf8Encode('x'), options)).rejects.toThrow('link.bad-answer')
  state.endpoint = tampered(body => body, 503)
  await expect(client.ask(bob.id, 'echo', utf8Encode('x'), options)).rejects.toThrow('link.refused')
})

test('nodes that do not announce the link are not asked', async () => {
  await using swarm = new LocalSwarm(layoutOf([[1n, 2]]))
  const { client, bob, frames } = createPair(swarm)
  const list = swarm.directory.list()
  const nodes = list.nodes.map(node => ({ ...node, capabilities: [] }))
  swarm.directory.replace({ ...list, number: 9n, nodes })
  await expect(client.ask(bob.id, 'echo', new Uint8Array(), options)).rejects.toThrow('link.unreachable')
  expect(frames).toEqual([])
})
