import { utf8Encode } from '@sotto/protocol/encoding'
import {
  access,
  formatRequest,
  encodeSubaccountToken,
  type HeldRetrieveReply,
  type MessageHash,
  parseOutcome,
  type RetrieveParams,
  signRequest,
  type StorageRequest,
  subaccountSigner,
  toNamespace,
} from '@sotto/protocol/storage'
import { Ed25519KeyPair, Ed25519Seed, ed25519Sign } from '@sotto/protocol/crypto'
import { swarmSpace, toSwarmId } from '@sotto/protocol/swarm'
import { expect, test } from 'vitest'
import { type RpcReply } from '../../src/rpc/rpc-reply.ts'
import { layoutOf, LocalSwarm, type TestNode, type TestNodeOptions } from '../swarm/local-swarm.ts'
import { ask, inbox, storeRequest, type TestAccount, testGroup, testUser } from '../swarm/requests.ts'

const user = testUser(1)
const half = 2n ** 63n
const one = layoutOf([[1n, 1]])

interface HeldOptions {
  readonly holdMs?: number
  readonly delayMs?: number
  readonly pad?: boolean
  readonly signal?: AbortSignal
}

/** A held retrieve under way: what it will answer. */
interface Waiting {
  readonly reply: Promise<RpcReply>
  outcome(): HeldRetrieveReply | undefined
  raw(): RpcReply | undefined
}

function entry(account: TestAccount, now: number, more: Partial<RetrieveParams> = {}): RetrieveParams {
  const params = { owner: account.owner, namespace: inbox, timestamp: now, ...more }
  return signRequest('retrieve', params, account.signer).params
}

function hold(node: TestNode, entries: readonly RetrieveParams[], options: HeldOptions = {}): Waiting {
  const { holdMs = 20_000, delayMs = 0, pad = true, signal = new AbortController().signal } = options
  const request: StorageRequest<'held_retrieve'> = {
    method: 'held_retrieve',
    params: { holdMs, delayMs, pad, entries: entries.map(params => ({ kind: 'retrieve', params })) },
  }
  let raw: RpcReply | undefined
  const reply = node.service.rpc.answer(formatRequest(request), 'onion', { signal })
  const watch = async (): Promise<void> => {
    raw = await reply
  }
  void watch()
  const outcome = (): HeldRetrieveReply | undefined => {
    if (raw === undefined) return undefined
    const parsed = parseOutcome(request, raw.status, utf8Encode(String(raw.body)))
    return parsed.kind === 'reply' ? parsed.reply : undefined
  }
  return { reply, outcome, raw: () => raw }
}

function start(options: TestNodeOptions = {}): Promise<LocalSwarm> {
  return LocalSwarm.start(one, options)
}

async function store(swarm: LocalSwarm, text: string, node = swarm.node(0), account = user): Promise<MessageHash> {
  const request = storeRequest(account.owner, text, swarm.clock.now())
  const reply = await ask(swarm, node, request)
  expect(reply.status).toBe(200)
  const outcome = parseOutcome(request, 200, utf8Encode(String(reply.body)))
  const [member] = outcome.kind === 'reply' ? outcome.reply.swarm.values() : []
  if (member?.kind !== 'done') throw new Error('nothing was stored')
  return member.result.hash
}

function textsOf(reply: HeldRetrieveReply | undefined, at = 0): readonly string[] {
  const result = reply?.results[at]
  if (result?.kind !== 'reply') throw new Error('the entry was refused')
  return result.reply.messages.map(({ data }) => new TextDecoder().decode(data))
}

test('what is there already is answered at once', async () => {
  await using swarm = await start()
  await store(swarm, 'hello')
  const waiting = hold(swarm.node(0), [entry(user, swarm.clock.now())])
  await swarm.clock.advance(0)
  expect(waiting.outcome()).toMatchObject({ why: 'now', heldMs: 0, nextMs: 0 })
  expect(textsOf(waiting.outcome())).toEqual(['hello'])
  expect(swarm.node(0).service.held).toBe(0)
})

test('a message that is stored wakes the holder, ten milliseconds later', async () => {
  await using swarm = await start()
  const waiting = hold(swarm.node(0), [entry(user, swarm.clock.now())])
  await swarm.pass(7_000)
  expect(waiting.raw()).toBeUndefined()
  expect(swarm.node(0).service.held).toBe(1)
  await store(swarm, 'one')
  await store(swarm, 'two')
  await swarm.clock.advance(20)
  expect(waiting.outcome()).toMatchObject({ why: 'new', nextMs: 0 })
  expect(waiting.outcome()?.heldMs).toBeGreaterThanOrEqual(7_000)
  // Both travel together.
  expect(textsOf(waiting.outcome())).toEqual(['one', 'two'])
})

test('a message stored on any member wakes holders on all of them', async () => {
  await using swarm = await LocalSwarm.start(layoutOf([[1n, 3]]))
  const waiting = [0, 1, 2].map(key => hold(swarm.node(key), [entry(user, swarm.clock.now())]))
  await swarm.pass(1_000)
  await store(swarm, 'hello', swarm.node(1))
  await swarm.clock.advance(50)
  expect(waiting.map(each => textsOf(each.outcome()))).toEqual([['hello'], ['hello'], ['hello']])
})

test('a message that repair brings wakes too', async () => {
  await using swarm = await LocalSwarm.start(layoutOf([[1n, 3]]))
  swarm.node(2).mood = 'down'
  await store(swarm, 'hello')
  await swarm.pass(5_000)
  const waiting = hold(swarm.node(2), [entry(user, swarm.clock.now())])
  await swarm.pass(1_000)
  expect(waiting.raw()).toBeUndefined()
  swarm.node(2).mood = 'well'
  await swarm.pass(24_000, 100)
  expect(textsOf(waiting.outcome())).toEqual(['hello'])
})

test('the hold ends, within one turn of the wheel', async () => {
  await using swarm = await start()
  const waiting = hold(swarm.node(0), [entry(user, swarm.clock.now())], { holdMs: 6_100 })
  await swarm.pass(6_050)
  expect(waiting.raw()).toBeUndefined()
  await swarm.pass(300)
  expect(waiting.outcome()).toMatchObject({ why: 'time', nextMs: 0 })
  expect(textsOf(waiting.outcome())).toEqual([])
})

test('no hold is longer than 25 s, and a hold of 0 never waits', async () => {
  await using swarm = await start()
  const never = hold(swarm.node(0), [entry(user, swarm.clock.now())], { holdMs: 0 })
  const long = hold(swarm.node(0), [entry(user, swarm.clock.now())], { holdMs: 4_000_000 })
  await swarm.clock.advance(0)
  expect(never.outcome()).toMatchObject({ why: 'time', heldMs: 0 })
  await swarm.pass(25_300)
  expect(long.outcome()).toMatchObject({ why: 'time' })
})

test('no wake: a known message again, a deletion, another namespace, another account', async () => {
  await using swarm = await start()
  const last = await store(swarm, 'hello')
  const waiting = hold(swarm.node(0), [entry(user, swarm.clock.now(), { lastHash: last })])
  await store(swarm, 'hello')
  await store(swarm, 'hello', swarm.node(0), testUser(2))
  const legacy = { namespace: toNamespace(-10) }
  await ask(swarm, swarm.node(0), storeRequest(user.owner, 'hello', swarm.clock.now(), legacy))
  await ask(
    swarm,
    swarm.node(0),
    signRequest('delete', { owner: user.owner, messages: [last], required: false }, user.signer),
  )
  await swarm.pass(5_000)
  expect(waiting.raw()).toBeUndefined()
})

test('a delay is waited for after a wake, but never beyond the hold', async () => {
  await using swarm = await start()
  const delayed = hold(swarm.node(0), [entry(user, swarm.clock.now())], { delayMs: 5_000, holdMs: 20_000 })
  const nearEnd = hold(swarm.node(0), [entry(user, swarm.clock.now())], { delayMs: 5_000, holdMs: 1_200 })
  await swarm.pass(1_000)
  await store(swarm, 'hello')
  await swarm.pass(500)
  expect(textsOf(nearEnd.outcome())).toEqual(['hello'])
  await swarm.pass(5_000)
  expect(delayed.outcome()).toMatchObject({ why: 'new' })
})

test('an unknown cursor is told, and a known one of a deleted message is not', async () => {
  await using swarm = await start()
  const [first, second] = [await store(swarm, 'one'), await store(swarm, 'two')]
  const unknown = 'A'.repeat(43) as MessageHash
  const reset = hold(swarm.node(0), [entry(user, swarm.clock.now(), { lastHash: unknown })])
  await swarm.clock.advance(0)
  expect(reset.outcome()?.results).toMatchObject([
    { reply: { reset: true, messages: [{ hash: first }, { hash: second }] } },
  ])
  await ask(
    swarm,
    swarm.node(0),
    signRequest('delete', { owner: user.owner, messages: [first], required: false }, user.signer),
  )
  const known = hold(swarm.node(0), [entry(user, swarm.clock.now(), { lastHash: first })])
  await swarm.clock.advance(0)
  expect(textsOf(known.outcome())).toEqual(['two'])
  expect(known.outcome()?.results[0]).not.toHaveProperty('reply.reset')
})

test('an entry that is refused does not stop the others, and is told at once', async () => {
  await using swarm = await LocalSwarm.start(
    layoutOf([
      [1n, 1],
      [half, 1],
    ]),
  )
  let number = 0
  while (swarm.directory.swarmOf(testUser(number).owner)?.swarmId !== 1n) number++
  const here = testUser(number)
  number = 0
  while (swarm.directory.swarmOf(testUser(number).owner)?.swarmId !== half) number++
  const elsewhere = testUser(number)
  const now = swarm.clock.now()
  const waiting = hold(swarm.node(0), [
    entry(here, now),
    entry(elsewhere, now),
    entry(here, now - 100_000),
    { ...entry(here, now), timestamp: now + 1 },
  ])
  await swarm.clock.advance(0)
  expect(waiting.outcome()).toMatchObject({
    why: 'now',
    results: [
      { kind: 'reply', status: 200 },
      { kind: 'wrong-swarm', swarm: { swarm: half } },
      { kind: 'refused', status: 406 },
      { kind: 'refused', status: 401 },
    ],
  })
})

test('malformed requests are refused as a whole, malformed entries by themselves', async () => {
  await using swarm = await start()
  const answer = async (params: unknown): Promise<RpcReply> => {
    const body = utf8Encode(JSON.stringify({ method: 'held_retrieve', params }))
    return swarm.node(0).service.rpc.answer(body, 'onion', new AbortController())
  }
  for (const params of [{}, { hold: 1 }, { hold: 1, retrieves: [] }, { hold: 'x', retrieves: [{}] }]) {
    expect(await answer(params)).toMatchObject({ status: 400 })
  }
  expect(await answer({ hold: 1, retrieves: Array.from({ length: 21 }, () => ({})) })).toMatchObject({ status: 400 })
  const reply = await answer({ hold: 20_000, retrieves: [{}] })
  expect(reply).toMatchObject({ status: 200, body: expect.stringContaining('"code":400') })
})

test('in a batch it is not allowed', async () => {
  await using swarm = await start()
  const inner = { method: 'held_retrieve', params: { hold: 0, retrieves: [{ pubkey: user.owner, namespace: -10 }] } }
  for (const outer of [
    { method: 'batch', params: { requests: [inner] } },
    { method: 'sequence', params: { requests: [inner] } },
    { method: 'ifelse', params: { if: { height_at_least: 0 }, else: inner } },
  ]) {
    const reply = await swarm
      .node(0)
      .service.rpc.answer(utf8Encode(JSON.stringify(outer)), 'onion', new AbortController())
    expect(reply.status).toBe(400)
  }
})

test('whether an onion pads the answer', async () => {
  await using swarm = await start()
  for (const pad of [true, false]) {
    const waiting = hold(swarm.node(0), [entry(user, swarm.clock.now())], { holdMs: 0, pad })
    await swarm.clock.advance(0)
    expect(waiting.raw()?.pad ?? false).toBe(pad)
  }
})

test('the answer has room for 256 KiB: each entry with news has one message, the rest is left for later', async () => {
  await using swarm = await start()
  const accounts = [testUser(1), testUser(2), testUser(3)]
  for (const account of accounts) {
    for (let at = 0; at < 3; at++) await store(swarm, `${at}`.padEnd(70_000), swarm.node(0), account)
  }
  const entries = accounts.map(account => entry(account, swarm.clock.now()))
  const waiting = hold(swarm.node(0), [...entries, entry(accounts[0] ?? user, swarm.clock.now(), { maxSize: 1 })])
  await swarm.clock.advance(0)
  const counts = waiting
    .outcome()
    ?.results.map(result => (result.kind === 'reply' ? [result.reply.messages.length, result.reply.more] : []))
  expect(counts).toEqual([
    [2, true],
    [1, true],
    [1, true],
    [1, true],
  ])
})

test('an account that leaves the swarm takes its holders with it', async () => {
  const before = layoutOf([[1n, 1]])
  await using swarm = await LocalSwarm.start(before)
  const leaving = hold(swarm.node(0), [entry(user, swarm.clock.now())])
  await swarm.pass(1_000)
  // A new swarm right at the place of the account.
  const swarmId = toSwarmId(swarmSpace(user.owner))
  swarm.change(new Map([...before, [1, swarmId]]))
  await swarm.pass(2_300)
  expect(leaving.outcome()).toMatchObject({
    why: 'swarm',
    results: [{ kind: 'wrong-swarm', swarm: { swarm: swarmId } }],
  })
})

test('a change of the directory that leaves the account here disturbs nobody', async () => {
  await using swarm = await start()
  const staying = hold(swarm.node(0), [entry(user, swarm.clock.now())])
  swarm.change(layoutOf([[1n, 2]]))
  await swarm.pass(3_000)
  expect(staying.raw()).toBeUndefined()
})

test('a node that stops answers everybody within a second, and holds nothing more', async () => {
  await using swarm = await start({ heldLimits: { accountBurst: 1_000, holdersPerUser: 1_000 } })
  const waiting = Array.from({ length: 100 }, () => hold(swarm.node(0), [entry(user, swarm.clock.now())]))
  await swarm.pass(500)
  const stopping = swarm.node(0).service.stop()
  await swarm.pass(1_100)
  await stopping
  for (const each of waiting) {
    expect(each.outcome()?.why).toBe('stop')
    expect(each.outcome()?.nextMs).toBeLessThanOrEqual(1_000)
  }
  const refused = hold(swarm.node(0), [entry(user, swarm.clock.now())])
  await swarm.clock.advance(0)
  expect(refused.raw()).toMatchObject({ status: 503 })
})

test('a delay that is under way when the node stops is cut short', async () => {
  await using swarm = await start()
  const waiting = hold(swarm.node(0), [entry(user, swarm.clock.now())], { delayMs: 5_000 })
  await swarm.pass(100)
  await store(swarm, 'hello')
  await swarm.pass(50)
  await swarm.until(swarm.node(0).service.stop())
  await swarm.clock.advance(0)
  expect(waiting.outcome()).toBeDefined()
})

test('a token that is revoked during the hold ends it with 401', async () => {
  await using swarm = await start()
  const group = testGroup(1)
  const member = new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(5)))
  const token = encodeSubaccountToken({ prefix: 0x03, flags: access.read, publicKey: member.publicKey })
  const grant = { token, ownerSignature: ed25519Sign(group.keys, token) }
  const account = { ...group, signer: subaccountSigner(text => ed25519Sign(member, text), grant) }
  const namespace = toNamespace(11)
  const byToken = hold(swarm.node(0), [entry(account, swarm.clock.now(), { namespace })])
  const byOwner = hold(swarm.node(0), [entry(group, swarm.clock.now(), { namespace })])
  const notices = hold(swarm.node(0), [entry(account, swarm.clock.now(), { namespace: toNamespace(-11) })])
  await swarm.pass(1_000)
  const params = { owner: group.owner, tokens: [token], timestamp: swarm.clock.now() }
  await ask(swarm, swarm.node(0), signRequest('revoke_subaccount', params, group.signer))
  await swarm.clock.advance(0)
  expect(byToken.outcome()?.results).toMatchObject([{ kind: 'refused', status: 401 }])
  expect(byOwner.raw()).toBeUndefined()
  expect(notices.raw()).toBeUndefined()
})

test('requests of one account are limited, and nobody else can use its share up', async () => {
  await using swarm = await start()
  const now = swarm.clock.now()
  const forged = { ...entry(user, now), timestamp: now + 1 }
  for (let at = 0; at < 50; at++) hold(swarm.node(0), [forged], { holdMs: 0 })
  const allowed = Array.from({ length: 21 }, () => hold(swarm.node(0), [entry(user, now)], { holdMs: 0 }))
  await swarm.clock.advance(0)
  expect(allowed.map(each => each.raw()?.status)).toEqual([...Array(20).fill(200), 429])
  expect(allowed[20]?.raw()).toMatchObject({ contentType: 'text/plain', body: 'Too Many Requests\n' })
  await swarm.pass(1_000)
  const later = Array.from({ length: 5 }, () => hold(swarm.node(0), [entry(user, swarm.clock.now())], { holdMs: 0 }))
  await swarm.clock.advance(0)
  expect(later.map(each => each.raw()?.status)).toEqual([200, 200, 200, 200, 429])
})

test('signature checks are limited before any of them is done', async () => {
  await using swarm = await start({ heldLimits: { checkRate: 1, checkBurst: 2 } })
  const waiting = [1, 2, 3].map(() => hold(swarm.node(0), [entry(user, swarm.clock.now())], { holdMs: 0 }))
  await swarm.clock.advance(0)
  expect(waiting.map(each => each.raw()?.status)).toEqual([200, 200, 503])
})

test('too many holders of one account: the oldest goes', async () => {
  await using swarm = await start()
  const waiting = Array.from({ length: 17 }, () => hold(swarm.node(0), [entry(user, swarm.clock.now())]))
  await swarm.clock.advance(0)
  expect(waiting[0]?.outcome()).toMatchObject({ why: 'shed', nextMs: 5_000 })
  expect(waiting.slice(1).map(each => each.raw())).toEqual(Array(16).fill(undefined))
  expect(swarm.node(0).service.held).toBe(16)
})

test('a full node sheds whoever comes last', async () => {
  await using swarm = await start({ heldLimits: { maxHolders: 2 } })
  const waiting = [1, 2, 3].map(number => hold(swarm.node(0), [entry(testUser(number), swarm.clock.now())]))
  await swarm.clock.advance(0)
  expect(waiting.map(each => each.outcome()?.why)).toEqual([undefined, undefined, 'shed'])
  expect(waiting[2]?.outcome()?.nextMs).toBeGreaterThanOrEqual(5_000)
  expect(waiting[2]?.outcome()?.nextMs).toBeLessThanOrEqual(30_000)
})

test('unsigned entries are few', async () => {
  await using swarm = await start({ heldLimits: { maxUnsigned: 3 } })
  const open: RetrieveParams = { owner: user.owner, namespace: toNamespace(-10) }
  const five = hold(
    swarm.node(0),
    Array.from({ length: 5 }, () => open),
  )
  const two = hold(swarm.node(0), [open, open])
  const next = hold(swarm.node(0), [open, open])
  await swarm.clock.advance(0)
  expect([five, two, next].map(each => each.outcome()?.why)).toEqual(['shed', undefined, 'shed'])
})

test('an overloaded node lets five percent go every second, the oldest first', async () => {
  let isOverloaded = false
  await using swarm = await start({ isOverloaded: () => isOverloaded })
  const waiting = Array.from({ length: 40 }, (_, at) => hold(swarm.node(0), [entry(testUser(at), swarm.clock.now())]))
  await swarm.pass(1_000)
  isOverloaded = true
  await swarm.pass(1_000)
  expect(waiting.filter(each => each.outcome()?.why === 'shed')).toHaveLength(2)
  expect(waiting[0]?.outcome()?.why).toBe('shed')
})

test('who goes away is let go', async () => {
  await using swarm = await start()
  const leaving = new AbortController()
  hold(swarm.node(0), [entry(user, swarm.clock.now())], { signal: leaving.signal })
  await swarm.clock.advance(0)
  expect(swarm.node(0).service.held).toBe(1)
  leaving.abort()
  await swarm.clock.advance(0)
  expect(swarm.node(0).service.held).toBe(0)
})

test('a crowd of one group is woken with one read, spread over some milliseconds', async () => {
  await using swarm = await start({ heldLimits: { accountBurst: 1_000 } })
  const group = testGroup(1)
  const namespace = toNamespace(-10)
  const waiting = Array.from({ length: 200 }, () =>
    hold(swarm.node(0), [entry(group, swarm.clock.now(), { namespace })]),
  )
  await swarm.pass(100)
  const { store: database } = swarm.node(0)
  let reads = 0
  const retrieve = database.retrieve.bind(database)
  Object.assign(database, {
    retrieve: (...args: Parameters<typeof retrieve>) => {
      reads++
      return retrieve(...args)
    },
  })
  await ask(swarm, swarm.node(0), storeRequest(group.owner, 'hello', swarm.clock.now(), { namespace }))
  await swarm.clock.advance(15)
  const early = waiting.filter(each => each.raw() !== undefined).length
  expect(early).toBeGreaterThan(0)
  expect(early).toBeLessThan(200)
  await swarm.clock.advance(60)
  expect(waiting.every(each => textsOf(each.outcome()).join() === 'hello')).toBe(true)
  expect(reads).toBe(1)
})

test('a node that is not yet like its swarm holds nothing', async () => {
  await using swarm = new LocalSwarm(layoutOf([[1n, 2]]))
  swarm.add(0)
  swarm.add(1).mood = 'frozen'
  const early = hold(swarm.node(0), [entry(user, swarm.clock.now())])
  await swarm.clock.advance(0)
  expect(early.raw()).toMatchObject({ status: 503 })
  await swarm.pass(35_000)
  const later = hold(swarm.node(0), [entry(user, swarm.clock.now())])
  await swarm.clock.advance(0)
  expect(later.raw()).toBeUndefined()
})
