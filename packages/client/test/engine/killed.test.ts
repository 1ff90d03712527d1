import { namespaces } from '@sotto/protocol/storage'
import { expect, test } from 'vitest'
import { Killer } from '../support/killer.ts'
import { type Person, World } from '../support/world.ts'

const texts = ['one', 'two']

/** The screen repeats a command, under the same id, until it is told that it was done. */
async function sendForCertain(person: Person, conversation: string): Promise<void> {
  for (const [at, body] of texts.entries()) {
    await person.api.command('messages.send', { id: `text ${at}`, conversation, body })
  }
}

/** Kills the sender at a step; whether it lived to see it. */
async function killSender(steps: number, encrypted = false): Promise<boolean> {
  const world = new World(steps)
  const killer = new Killer()
  const alice = world.person('Alice', { killer, encrypted })
  const bob = world.person('Bob')
  await world.run(100)
  killer.arm(steps)
  const sending = sendForCertain(alice, bob.id).catch(() => undefined)
  await world.run(2000)
  await sending
  if (!killer.hasKilled) return false
  await alice.revive()
  await sendForCertain(alice, bob.id)
  await world.run(5000)
  const { messages } = await alice.api.query('messages.page', { conversation: bob.id })
  const hashes = world.network.stored.filter(({ owner }) => owner === bob.id).map(({ hash }) => hash)
  expect({
    steps,
    received: await bob.texts(alice.id),
    kept: messages.map(({ body, state }) => [body, state]),
    stored: new Set(hashes).size,
    reported: alice.reported,
  }).toEqual({ steps, received: texts, kept: texts.map(body => [body, 'sent']), stored: 2, reported: [] })
  await world.close()
  return true
}

test('nothing is lost and nothing is sent twice, wherever the sender is killed', async () => {
  let steps = 1
  while (await killSender(steps)) steps += 1
  expect(steps).toBeGreaterThan(20)
})

test('nor where the database is encrypted', async () => {
  for (let steps = 1; steps < 20; steps += 5) expect(await killSender(steps, true)).toBe(true)
})

/** Kills the receiver at a step between its start and its rest, with two messages and two that do not open. */
async function killReceiver(steps: number): Promise<boolean> {
  const world = new World(steps)
  const killer = new Killer()
  const alice = world.person('Alice')
  const bob = world.person('Bob', { killer, limits: { inboxChunk: 1 } })
  await world.run(100)
  const now = world.clock.now()
  const junk = { owner: bob.client.accountId, namespace: namespaces.inbox, timestamp: now, expiry: now + 86_400_000 }
  await bob.stop()
  world.network.store({ ...junk, sigTimestamp: now, data: Uint8Array.of(0, 2, 3) })
  for (const body of texts) await alice.send(bob.knownId, body)
  await world.run(1000)
  world.network.store({ ...junk, sigTimestamp: now, data: Uint8Array.of(9, 9, 9) })
  killer.arm(steps)
  try {
    bob.start()
  } catch {
    expect(killer.hasKilled).toBe(true)
  }
  await world.run(2000)
  const hasKilled = killer.hasKilled
  if (hasKilled) await bob.revive()
  await world.run(10_000)
  const { messages } = await bob.api.query('messages.page', { conversation: alice.id })
  const raw = bob.client.context.store.read(reader => reader.all('SELECT reason FROM raw_messages ORDER BY id'))
  expect({
    steps,
    received: messages.map(({ body }) => body),
    requests: await bob.api.query('requests.list'),
    raw: raw.map(({ reason }) => reason),
    reported: bob.reported,
  }).toMatchObject({
    steps,
    received: texts,
    requests: [{ contact: alice.id, unreadCount: 2, name: 'Alice' }],
    raw: ['newer', 'unopened'],
    reported: [],
  })
  await world.close()
  return hasKilled
}

test('nothing is lost and nothing shows twice, wherever the receiver is killed', async () => {
  let steps = 1
  while (await killReceiver(steps)) steps += 1
  expect(steps).toBeGreaterThan(10)
})
