import { encodeBencode, utf8Encode } from '@sotto/protocol/encoding'
import { hashMessage, type MessageHash } from '@sotto/protocol/storage'
import { swarmOwnerBytes } from '@sotto/protocol/swarm'
import { expect, test } from 'vitest'
import { encodeApplied } from '../../../src/swarm/apply/applied-request.ts'
import { type MessageRecord } from '../../../src/store/port/message.ts'
import { encodePiece } from '../../../src/swarm/replica/record-codec.ts'
import { layoutOf, LocalSwarm, type TestNode } from '../local-swarm.ts'
import { ask, hashesAt, inbox, privateStore, storeRequest, testUser } from '../requests.ts'

const five = layoutOf([[1n, 5]])
const day = 86_400_000
const user = testUser(1)

function record(text: string, now: number, more: Partial<MessageRecord> = {}): MessageRecord {
  const data = utf8Encode(text)
  const message = { owner: user.owner, namespace: inbox, timestamp: now, expiry: now + day, data, ...more }
  return { ...message, hash: more.hash ?? hashMessage(message.owner, message.namespace, message.data) }
}

/** A member says something to another one, with its own good keys. */
async function say(
  swarm: LocalSwarm,
  liar: TestNode,
  victim: TestNode,
  method: string,
  body: Uint8Array,
): Promise<number> {
  const options = { timeoutMs: 1_000, signal: new AbortController().signal }
  return (await swarm.until(liar.service.client.ask(victim.identity.id, method, body, options))).status
}

function pieceOf(...messages: readonly MessageRecord[]): Uint8Array {
  return encodePiece({ messages, tombstones: [], revocations: [] })
}

test('records that are no possible messages are not kept', async () => {
  await using swarm = await LocalSwarm.start(five, { swarmLimits: { maxStrikes: 1000 } })
  const [liar, victim] = [swarm.node(0), swarm.node(1)]
  const now = swarm.clock.now()
  const good = record('good', now)
  const cases: readonly (readonly [Uint8Array, number])[] = [
    [pieceOf(good, { ...record('named otherwise', now), hash: good.hash }), 400],
    [utf8Encode('garbage'), 400],
    [encodeBencode(new Map([['m', [[swarmOwnerBytes(user.owner)]]]])), 400],
    // Bounds: clocks may differ, so these are left out without a word.
    [pieceOf(record('for ever', now, { expiry: now + 40 * day })), 200],
    [pieceOf(record('over', now - 2 * day)), 200],
    [pieceOf(record('from the future', now + day)), 200],
  ]
  for (const [body, status] of cases) expect(await say(swarm, liar, victim, 'records', body)).toBe(status)
  expect(hashesAt(victim, user.owner, now)).toEqual([])
  expect(await say(swarm, liar, victim, 'records', pieceOf(good))).toBe(200)
  expect(hashesAt(victim, user.owner, now)).toEqual([good.hash])
})

test('after some lies a member is not listened to for a while', async () => {
  await using swarm = await LocalSwarm.start(five)
  const [liar, victim] = [swarm.node(0), swarm.node(1)]
  for (let lie = 0; lie < 3; lie++) expect(await say(swarm, liar, victim, 'records', utf8Encode('x'))).toBe(400)
  const good = pieceOf(record('good', swarm.clock.now()))
  expect(await say(swarm, liar, victim, 'records', good)).toBe(429)
  await swarm.pass(601_000, 1_000)
  expect(await say(swarm, liar, victim, 'records', good)).toBe(200)
})

test('nobody fills the disk: what one node brings is limited', async () => {
  await using swarm = await LocalSwarm.start(five, { swarmLimits: { recordRate: 100_000, recordBurst: 200_000 } })
  const now = swarm.clock.now()
  const statuses: number[] = []
  for (let at = 0; at < 5; at++) {
    const body = pieceOf(record(`${at}`.padEnd(70_000), now))
    statuses.push(await say(swarm, swarm.node(0), swarm.node(1), 'records', body))
  }
  expect(statuses).toEqual([200, 200, 429, 429, 429])
})

test('one member cannot delete or revoke for others; most of them can say that it was done', async () => {
  await using swarm = await LocalSwarm.start(five)
  const request = storeRequest(user.owner, 'hello', swarm.clock.now())
  await ask(swarm, swarm.node(0), request)
  await swarm.pass(1_000)
  const now = swarm.clock.now()
  const [hash] = hashesAt(swarm.node(4), user.owner, now) as readonly MessageHash[]
  if (hash === undefined) throw new Error('nothing was stored')
  const tombstones = [{ owner: user.owner, hash, since: now, until: now + day }]
  const token = new Uint8Array(36) as never
  const revocations = [{ owner: user.owner, token, changed: now, revoked: true }]
  const body = encodePiece({ messages: [], tombstones, revocations })
  const victim = swarm.node(4)
  for (const liar of [0, 0, 0, 1]) {
    expect(await say(swarm, swarm.node(liar), victim, 'records', body)).toBe(200)
    expect(hashesAt(victim, user.owner, now)).toEqual([hash])
    expect(victim.store.isRevoked(user.owner, token)).toBe(false)
  }
  // Two liars of five are a minority; a third voice makes it true.
  await say(swarm, swarm.node(2), victim, 'records', body)
  expect(hashesAt(victim, user.owner, now)).toEqual([])
  expect(victim.store.isRevoked(user.owner, token)).toBe(true)
})

test('members can only repeat what an account has signed', async () => {
  await using swarm = await LocalSwarm.start(five)
  const now = swarm.clock.now()
  const genuine = privateStore(user, 'hello', now)
  const forged = { ...genuine, params: { ...genuine.params, sigTimestamp: now + 1 } }
  for (const method of ['apply', 'late']) {
    expect(await say(swarm, swarm.node(0), swarm.node(1), method, encodeApplied(forged, now))).toBe(401)
    expect(await say(swarm, swarm.node(0), swarm.node(1), method, encodeApplied(genuine, now))).toBe(200)
    expect(await say(swarm, swarm.node(0), swarm.node(1), method, utf8Encode('x'))).toBe(400)
    expect(await say(swarm, swarm.node(0), swarm.node(1), method, utf8Encode('12345678\u0004info'))).toBe(400)
  }
  // An old signature is too old for a request of now, and good for one that is said to have waited.
  const old = privateStore(user, 'old', now - 600_000)
  expect(await say(swarm, swarm.node(0), swarm.node(1), 'apply', encodeApplied(old, now))).toBe(406)
  expect(await say(swarm, swarm.node(0), swarm.node(1), 'late', encodeApplied(old, now))).toBe(406)
  expect(await say(swarm, swarm.node(0), swarm.node(1), 'late', encodeApplied(old, now - 600_000))).toBe(200)
  expect(await say(swarm, swarm.node(0), swarm.node(1), 'late', encodeApplied(old, now + 600_000))).toBe(406)
})

test('nodes of other swarms learn nothing of this one and bring it nothing', async () => {
  await using swarm = await LocalSwarm.start(
    layoutOf([
      [1n, 3],
      [2n ** 63n, 3],
    ]),
  )
  // In the time after a start former lists are not known.
  await swarm.pass(2 * 3_600_000, 5_000)
  const stranger = swarm.node(5)
  const now = swarm.clock.now()
  let number = 0
  while (swarm.directory.swarmOf(testUser(number).owner)?.swarmId !== 1n) number++
  const body = pieceOf(record('hello', now, { owner: testUser(number).owner }))
  expect(await say(swarm, stranger, swarm.node(0), 'records', body)).toBe(421)
  for (const method of ['digests', 'hashes', 'fetch', 'marks']) {
    expect(await say(swarm, stranger, swarm.node(0), method, new Uint8Array())).toBe(403)
  }
  expect(await say(swarm, swarm.node(1), swarm.node(0), 'records', body)).toBe(200)
  const foreign = pieceOf(record('hello', now, { owner: testUser(number).owner }))
  expect(await say(swarm, swarm.node(1), stranger, 'records', foreign)).toBe(421)
})
