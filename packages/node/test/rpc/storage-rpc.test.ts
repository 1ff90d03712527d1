import { decodeBencode, encodeBase64, type JsonObject, utf8Encode } from '@sotto/protocol/encoding'
import {
  decodeActiveNodes,
  formatNamedRequest,
  formatRequest,
  type MessageHash,
  type MethodName,
  parseOutcome,
  signRequest,
  type StorageRequest,
  toNamespace,
  verifyMembers,
} from '@sotto/protocol/storage'
import { swarmSpace, toSwarmId } from '@sotto/protocol/swarm'
import { anyInput } from '@sotto/testing'
import { assert, asyncProperty, constantFrom } from 'fast-check'
import { expect, test } from 'vitest'
import { defaultStoreLimits } from '../../src/store/limits.ts'
import { nodeIdentityOf } from '../../src/rpc/node-identity.ts'
import { StorageRpc } from '../../src/rpc/storage-rpc.ts'
import { layoutOf, listOf, LocalSwarm, nodeKeys } from '../swarm/local-swarm.ts'
import {
  ask,
  hashesAt,
  inbox,
  jsonOf,
  privateStore,
  retrieveRequest,
  storeRequest,
  testGroup,
  testUser,
} from '../swarm/requests.ts'

const three = layoutOf([[1n, 3]])
const user = testUser(1)
const group = testGroup(1)
const signal = new AbortController().signal

/** Two swarms, the second right at the user's place; the user is not served by node 0. */
const elsewhere = new Map([...layoutOf([[1n, 2]]), [2, toSwarmId(swarmSpace(user.owner))] as const])

test('an account of another swarm is 421 with its swarm, before anything else is judged', async () => {
  await using swarm = await LocalSwarm.start(elsewhere)
  const now = swarm.clock.now()
  const expected = await ask(swarm, swarm.node(0), { method: 'get_swarm', params: { owner: user.owner } })
  const token = new Uint8Array(36) as never
  const { owner } = user
  const old = now - 1_000_000
  const wrong: readonly StorageRequest[] = [
    storeRequest(owner, 'x', now, { expiry: now }),
    retrieveRequest(user, old),
    signRequest('delete', { owner, messages: ['A'.repeat(43) as MessageHash], required: false }, group.signer),
    signRequest('delete_all', { owner, namespace: 'all', timestamp: old }, user.signer),
    signRequest('delete_before', { owner, namespace: 'all', before: now + 1_000_000 }, user.signer),
    signRequest('expire', { owner, messages: ['A'.repeat(43) as MessageHash], expiries: [1] }, user.signer),
    signRequest('expire_all', { owner, namespace: 'all', expiry: 1 }, user.signer),
    signRequest('get_expiries', { owner, messages: [], timestamp: old }, user.signer),
    signRequest('revoke_subaccount', { owner, tokens: [token], timestamp: old }, user.signer),
    signRequest('unrevoke_subaccount', { owner, tokens: [token], timestamp: old }, user.signer),
  ]
  for (const request of wrong) {
    const reply = await ask(swarm, swarm.node(0), request)
    expect(reply).toMatchObject({ status: 421, contentType: 'application/json' })
    expect(jsonOf(reply).get('snodes')).toEqual(jsonOf(expected).get('snodes'))
  }
  const [member] = jsonOf(expected).get('snodes') as readonly JsonObject[]
  expect(member?.get('pubkey_ed25519')).toBe(swarm.node(2).identity.id)
  expect(member?.get('port')).toBe('22021')
  expect(member?.get('address')).toMatch(/^[a-z0-9]{52}\.snode$/)
})

test('the old name of get_swarm, and no swarm at all', async () => {
  await using swarm = await LocalSwarm.start(three)
  const body = utf8Encode(`{"method":"get_snodes_for_pubkey","params":{"pubKey":"${user.owner}"}}`)
  const reply = await swarm.node(0).service.rpc.answer(body, 'client', { signal })
  expect(jsonOf(reply).get('swarm')).toBe('1')
  swarm.change(layoutOf([[2n ** 64n - 1n, 3]]))
  const none = jsonOf(await swarm.node(0).service.rpc.answer(body, 'client', { signal }))
  expect([none.get('swarm'), none.get('snodes')]).toEqual(['ffffffffffffffff', []])
})

test('every change is signed by every member, over what it has done', async () => {
  await using swarm = await LocalSwarm.start(three)
  const now = swarm.clock.now()
  const { owner } = user
  const confirm = async <M extends MethodName>(request: StorageRequest<M>): Promise<void> => {
    const reply = await ask(swarm, swarm.node(0), request)
    expect(reply.status).toBe(200)
    const outcome = parseOutcome(request as StorageRequest<'store'>, 200, utf8Encode(String(reply.body)))
    if (outcome.kind !== 'reply') throw new Error('refused')
    const verdicts = verifyMembers(request as StorageRequest<'store'>, outcome.reply)
    expect([...verdicts.values()].map(({ kind }) => kind)).toEqual(['confirmed', 'confirmed', 'confirmed'])
  }
  const token = new Uint8Array(36) as never
  await confirm(storeRequest(owner, 'one', now))
  await confirm(privateStore(user, 'two', now))
  const [hash] = hashesAt(swarm.node(0), owner, now) as readonly MessageHash[]
  if (hash === undefined) throw new Error('nothing was stored')
  await confirm(
    signRequest('expire', { owner, messages: [hash], expiries: [now + 90_000_000], mode: 'extend' }, user.signer),
  )
  await confirm(
    signRequest(
      'expire',
      { owner, messages: [hash, hash], expiries: [now + 80_000_000, now + 80_000_001] },
      user.signer,
    ),
  )
  await confirm(signRequest('expire_all', { owner, namespace: 'all', expiry: now + 70_000_000 }, user.signer))
  await confirm(signRequest('delete_before', { owner, namespace: 'all', before: now - 1 }, user.signer))
  await confirm(signRequest('delete', { owner, messages: [hash], required: true }, user.signer))
  await confirm(signRequest('delete_all', { owner, namespace: 'all', timestamp: now }, user.signer))
  await confirm(signRequest('revoke_subaccount', { owner, tokens: [token], timestamp: now }, user.signer))
  await confirm(signRequest('unrevoke_subaccount', { owner, tokens: [token], timestamp: now + 1 }, user.signer))
  expect(hashesAt(swarm.node(2), owner, now, toNamespace(2))).toEqual([])
})

test('known answers: what a member signs for a store', async () => {
  await using swarm = await LocalSwarm.start(layoutOf([[1n, 1]]))
  const request = storeRequest(user.owner, 'hello', 1_782_000_000_000)
  const reply = await ask(swarm, swarm.node(0), request)
  expect(reply.body).toMatchInlineSnapshot(
    `"{"swarm":{"b1f804dabc68274c1233995c5a9119b56935bcdd83b7de07ec726dcedc4e9ce7":{"hash":"ZtDG64yqNuu9p1jYSiMf8/jLEuO/I2znx/Obe0BNKhU","expiry":1782086400000,"signature":"va+lTohs2Ey9SmoDhN1I5xQMAf2p8Ashu/Oz2+++48c2mN6oADuitkr6juPT8ssBaRF316JorfbZ9/0eBLgFAA=="}},"hash":"ZtDG64yqNuu9p1jYSiMf8/jLEuO/I2znx/Obe0BNKhU","t":1782000000100,"hf":[19,4]}"`,
  )
})

test('bencoded requests have bencoded answers', async () => {
  await using swarm = await LocalSwarm.start(three)
  const { rpc } = swarm.node(0).service
  const named = async (request: StorageRequest): Promise<unknown> => {
    const answer = rpc.answerNamed(request.method, formatNamedRequest(request, 'bencode'), 'client', { signal })
    const reply = await swarm.until(answer)
    expect(reply).toMatchObject({ status: 200, contentType: 'application/octet-stream' })
    return decodeBencode(reply.body as Uint8Array)
  }
  const stored = await named(storeRequest(user.owner, 'hello', swarm.clock.now()))
  expect(stored instanceof Map && [...stored.keys()]).toEqual(['hash', 'hf', 'swarm', 't'])
  const retrieved = await named(retrieveRequest(user, swarm.clock.now()))
  expect(retrieved instanceof Map && retrieved.get('more')).toBe(0n)
  expect(await rpc.answerNamed('nothing', new Uint8Array(), 'client', { signal })).toMatchObject({ status: 400 })
  expect(await rpc.answerNamed('info', new Uint8Array(), 'client', { signal })).toMatchObject({ status: 200 })
})

test('a sequence ends with the first that is not a success', async () => {
  await using swarm = await LocalSwarm.start(three)
  const now = swarm.clock.now()
  const requests = [
    storeRequest(user.owner, 'x', now),
    retrieveRequest(user, 1_000_000_000),
    { method: 'info', params: {} } as const,
  ]
  const sequence = jsonOf(await ask(swarm, swarm.node(0), { method: 'sequence', params: { requests } }))
  const codes = (json: JsonObject) => (json.get('results') as readonly JsonObject[]).map(result => result.get('code'))
  expect(codes(sequence)).toEqual([200, 406])
  const batch = jsonOf(await ask(swarm, swarm.node(0), { method: 'batch', params: { requests } }))
  expect(codes(batch)).toEqual([200, 406, 200])
  expect([...batch.keys()]).toEqual(['results'])
})

test('ifelse takes the branch that fits, and says what it went by', async () => {
  await using swarm = await LocalSwarm.start(three)
  const info = { method: 'info', params: {} } as const
  const run = async (params: Extract<StorageRequest, { method: 'ifelse' }>['params']): Promise<JsonObject> =>
    jsonOf(await ask(swarm, swarm.node(0), { method: 'ifelse', params }))
  const yes = await run({ condition: { hardForkAtLeast: [19, 0], versionAtLeast: [2, 8, 0] }, ifTrue: info })
  expect([yes.get('condition'), yes.get('hf'), yes.get('v'), yes.get('height')]).toEqual([true, [19, 4], [2, 8, 0], 1])
  expect(yes.has('result')).toBe(true)
  const no = await run({ condition: { hardForkBefore: [19, 0] }, ifTrue: info })
  expect([no.get('condition'), no.has('result')]).toEqual([false, false])
})

test('what the daemon used to know comes from the directory', async () => {
  await using swarm = await LocalSwarm.start(elsewhere)
  const id = toSwarmId(swarmSpace(user.owner))
  const reply = await ask(swarm, swarm.node(0), { method: 'oxend_request', params: { endpoint: 'get_service_nodes' } })
  const result = jsonOf(reply).get('result') as JsonObject
  const states = result.get('service_node_states') as readonly JsonObject[]
  // Exact beyond 2^53.
  expect(states.some(state => state.get('swarm_id') === id)).toBe(true)
  const hash = new Uint8Array(32).fill(1)
  const record = { encryptedValue: new Uint8Array(49).fill(2), nonce: undefined }
  const names = new Map([['01'.repeat(32), record]])
  swarm.directory.replace({ ...listOf(elsewhere, 2n), names })
  const resolve = (params: unknown) =>
    ask(swarm, swarm.node(0), { method: 'oxend_request', params: { endpoint: 'ons_resolve', params: params as never } })
  const found = jsonOf(
    await resolve(
      new Map<string, unknown>([
        ['type', 0],
        ['name_hash', encodeBase64(hash)],
      ]),
    ),
  )
  expect((found.get('result') as JsonObject).get('encrypted_value')).toBe('02'.repeat(49))
  expect(await resolve(new Map())).toMatchObject({ status: 400 })
  const body = utf8Encode('{"method":"oxend_request","params":{"endpoint":"stop"}}')
  expect(await swarm.node(0).service.rpc.answer(body, 'client', { signal })).toMatchObject({ status: 400 })
})

test('active nodes in records, alone as bytes and in a batch as base64', async () => {
  await using swarm = await LocalSwarm.start(elsewhere)
  const request = { method: 'active_nodes_bin', params: {} } as const
  const reply = await ask(swarm, swarm.node(0), request)
  expect(reply.contentType).toBe('application/octet-stream')
  expect(decodeActiveNodes(reply.body as Uint8Array).map(({ id }) => id)).toEqual(
    [0, 1, 2].map(key => nodeIdentityOf(nodeKeys(key)).id),
  )
  const batch = jsonOf(await ask(swarm, swarm.node(0), { method: 'batch', params: { requests: [request] } }))
  const [result] = batch.get('results') as readonly JsonObject[]
  expect(result?.get('body')).toBe(encodeBase64(reply.body as Uint8Array))
})

test('a full database is a failure of that member, and 500 if all are full', async () => {
  await using swarm = new LocalSwarm(three)
  const storeLimits = { ...defaultStoreLimits, maxBytes: 1 }
  swarm.add(0, { storeLimits })
  for (const key of [1, 2]) swarm.add(key)
  await swarm.pass(200)
  const reply = await ask(swarm, swarm.node(0), storeRequest(user.owner, 'x', swarm.clock.now()))
  expect(reply.status).toBe(200)
  const own = (jsonOf(reply).get('swarm') as JsonObject).get(swarm.node(0).identity.id) as JsonObject
  expect([own.get('failed'), own.get('query_failure')]).toEqual([true, true])
  await swarm.crash(1)
  await swarm.crash(2)
  const alone = await ask(swarm, swarm.node(0), storeRequest(user.owner, 'y', swarm.clock.now()))
  expect(alone.status).toBe(500)
  expect([...jsonOf(alone).keys()]).toEqual(['swarm', 't', 'hf'])
})

test('a deleted message that comes again is confirmed and not kept', async () => {
  await using swarm = await LocalSwarm.start(three)
  const now = swarm.clock.now()
  await ask(swarm, swarm.node(0), storeRequest(user.owner, 'x', now))
  const messages = hashesAt(swarm.node(0), user.owner, now) as readonly MessageHash[]
  await ask(swarm, swarm.node(1), signRequest('delete', { owner: user.owner, messages, required: true }, user.signer))
  const again = await ask(swarm, swarm.node(2), storeRequest(user.owner, 'x', now))
  expect(again.status).toBe(200)
  await swarm.pass(1_000)
  for (const node of swarm.nodes.values()) expect(hashesAt(node, user.owner, now, inbox)).toEqual([])
})

test('what fails inside is 500 and nothing more is told', async () => {
  const failures: unknown[] = []
  const rpc = new StorageRpc({
    run: () => Promise.reject(new Error('secret')),
    now: () => 0,
    onFailure: cause => failures.push(cause),
  })
  const reply = await rpc.answer(utf8Encode('{"method":"info","params":{}}'), 'client', { signal })
  expect(reply).toEqual({ status: 500, contentType: 'text/plain', body: 'request failed' })
  expect(failures).toHaveLength(1)
})

test('hostile bytes are answered and nothing fails inside', async () => {
  await using swarm = await LocalSwarm.start(layoutOf([[1n, 1]]))
  const { service, failures } = swarm.node(0)
  const now = swarm.clock.now()
  const good = constantFrom(
    ...[storeRequest(user.owner, 'x', now), retrieveRequest(user, now), { method: 'info', params: {} } as const].map(
      request => formatRequest<MethodName>(request),
    ),
  )
  await assert(
    asyncProperty(anyInput(good), async bytes => {
      const { status } = await service.rpc.answer(bytes, 'client', { signal })
      expect([200, 400, 401, 403, 406, 413, 421]).toContain(status)
    }),
  )
  expect(failures).toEqual([])
})

test('a signal is asked for by those only who hold their answer', async () => {
  await using swarm = await LocalSwarm.start(layoutOf([[1n, 1]]))
  const { rpc } = swarm.node(0).service
  const now = swarm.clock.now()
  let asked = 0
  const waiter = {
    get signal(): AbortSignal {
      asked += 1
      return signal
    },
  }
  const send = (request: StorageRequest) => swarm.until(rpc.answer(formatRequest(request), 'client', waiter))
  for (const request of [
    storeRequest(user.owner, 'x', now),
    retrieveRequest(user, now),
    { method: 'info', params: {} },
  ]) {
    expect((await send(request as StorageRequest)).status).toBe(200)
  }
  expect(asked).toBe(0)
  const entry = { kind: 'retrieve', params: retrieveRequest(user, now).params } as const
  await send({ method: 'held_retrieve', params: { holdMs: 0, entries: [entry], delayMs: 0, pad: false } })
  expect(asked).toBe(1)
})
