import { expect, test } from 'vitest'
import { type MessageHash, parseOutcome, signRequest, toNamespace, verifyMembers } from '@sotto/protocol/storage'
import { utf8Encode } from '@sotto/protocol/encoding'
import { layoutOf, LocalSwarm } from '../local-swarm.ts'
import { ask, hashesAt, inbox, jsonOf, privateStore, storeRequest, testUser } from '../requests.ts'

const user = testUser(1)
const five = layoutOf([[1n, 5]])

test('a store reaches every member, and every signature is good', async () => {
  await using swarm = await LocalSwarm.start(five)
  const request = storeRequest(user.owner, 'hello', swarm.clock.now())
  const reply = await ask(swarm, swarm.node(0), request)
  expect(reply).toMatchObject({ status: 200, contentType: 'application/json' })
  const outcome = parseOutcome(request, 200, utf8Encode(String(reply.body)))
  if (outcome.kind !== 'reply') throw new Error('refused')
  const verdicts = verifyMembers(request, outcome.reply)
  expect([...verdicts.values()].map(({ kind }) => kind)).toEqual(Array(5).fill('confirmed'))
  await swarm.pass(100)
  for (const node of swarm.nodes.values()) {
    expect(hashesAt(node, user.owner, swarm.clock.now())).toHaveLength(1)
    expect(node.failures).toEqual([])
  }
})

test('a frozen member delays nobody, is reported as a timeout and gets the message when it is back', async () => {
  await using swarm = await LocalSwarm.start(five)
  swarm.node(4).mood = 'frozen'
  const before = swarm.clock.monotonic()
  const reply = await ask(swarm, swarm.node(0), storeRequest(user.owner, 'hello', swarm.clock.now()))
  expect(swarm.clock.monotonic() - before).toBeLessThanOrEqual(100)
  const members = jsonOf(reply).get('swarm')
  expect(members instanceof Map && members.get(swarm.node(4).identity.id)).toEqual(
    new Map([
      ['failed', true],
      ['timeout', true],
    ]),
  )
  await swarm.pass(5_000)
  expect(swarm.node(0).store.queueLengths()).toMatchObject([{ count: 1 }])
  swarm.node(4).mood = 'well'
  await swarm.pass(60_000, 200)
  expect(hashesAt(swarm.node(4), user.owner, swarm.clock.now())).toHaveLength(1)
  expect(swarm.node(0).store.queueLengths()).toEqual([])
})

test('a deletion reaches a member that was down, as the signed request', async () => {
  await using swarm = await LocalSwarm.start(five)
  const request = privateStore(user, 'hello', swarm.clock.now())
  await ask(swarm, swarm.node(0), request)
  await swarm.pass(500)
  swarm.node(3).mood = 'down'
  const [hash] = hashesAt(swarm.node(0), user.owner, swarm.clock.now(), toNamespace(2))
  const deletion = signRequest('delete', { owner: user.owner, messages: [hash as never], required: true }, user.signer)
  expect(await ask(swarm, swarm.node(1), deletion)).toMatchObject({ status: 200 })
  expect(await ask(swarm, swarm.node(1), deletion)).toMatchObject({ status: 404 })
  await swarm.pass(3_600_000, 1_000)
  expect(hashesAt(swarm.node(3), user.owner, swarm.clock.now(), toNamespace(2))).toHaveLength(1)
  swarm.node(3).mood = 'well'
  await swarm.pass(60_000, 200)
  expect(hashesAt(swarm.node(3), user.owner, swarm.clock.now(), toNamespace(2))).toEqual([])
  expect(hashesAt(swarm.node(3), user.owner, swarm.clock.now(), inbox)).toEqual([])
})

test('a store that prolongs what its owner had shortened reaches those who missed it, as the signed request', async () => {
  await using swarm = await LocalSwarm.start(five)
  const store = privateStore(user, 'hello', swarm.clock.now())
  await ask(swarm, swarm.node(0), store)
  const [hash] = hashesAt(swarm.node(0), user.owner, swarm.clock.now(), toNamespace(2)) as readonly MessageHash[]
  if (hash === undefined) return expect.fail()
  const expiries = [swarm.clock.now() + 3_600_000]
  const shorter = signRequest('expire', { owner: user.owner, messages: [hash], expiries }, user.signer)
  expect(await ask(swarm, swarm.node(1), shorter)).toMatchObject({ status: 200 })
  await swarm.pass(1_000)
  for (const away of [2, 3, 4]) swarm.node(away).mood = 'down'
  const again = privateStore(user, 'hello', swarm.clock.now())
  expect(await ask(swarm, swarm.node(0), again)).toMatchObject({ status: 200 })
  for (const away of [2, 3, 4]) swarm.node(away).mood = 'well'
  await swarm.pass(60_000, 200)
  for (const node of swarm.nodes.values()) {
    const ends = node.store.getExpiries(user.owner, [hash], swarm.clock.now())
    expect(ends.get(hash)).toBe(again.params.expiry)
  }
})
