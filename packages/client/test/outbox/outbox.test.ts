import { expect, test } from 'vitest'
import { type MessageView } from '../../src/messages/views.ts'
import { failureSentence } from '../../src/outbox/outbox-error.ts'
import { type Person, World } from '../support/world.ts'

async function newest(person: Person, conversation: string): Promise<MessageView> {
  const { messages } = await person.api.query('messages.page', { conversation })
  const last = messages.at(-1)
  if (last === undefined) throw new Error('no message')
  return last
}

test('what is written offline waits, says when it is tried next, and arrives', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  await world.run()
  alice.device.isOnline = false
  await alice.send(bob.id, 'in a tunnel')
  await world.run()
  const waiting = await newest(alice, bob.id)
  expect(waiting).toMatchObject({ state: 'queued', failure: 'network.unreachable' })
  expect(waiting.nextTryAt).toBeGreaterThan(world.clock.now())
  expect(await alice.api.query('connection.get')).toMatchObject({ queued: 1, nextSendAt: waiting.nextTryAt })
  await world.run(3_600_000)
  expect(await newest(alice, bob.id)).toMatchObject({ state: 'queued' })
  alice.device.goOnline()
  await world.run(600_000)
  expect(await bob.texts(alice.id)).toEqual(['in a tunnel'])
  expect(await newest(alice, bob.id)).toMatchObject({ state: 'sent', failure: undefined, nextTryAt: undefined })
})

test('pauses between attempts grow to ten minutes, and no longer', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  alice.device.isOnline = false
  await alice.send(bob.id, 'hello')
  const pauses: number[] = []
  for (let last = world.clock.now(); pauses.length < 14;) {
    const before = alice.device.attempts
    while (alice.device.attempts === before) await world.run(100)
    pauses.push(world.clock.now() - last)
    last = world.clock.now()
  }
  expect(pauses[0]).toBeLessThan(1300)
  expect(pauses[1]).toBeLessThan(2300)
  expect(pauses.slice(-2).every(pause => pause >= 300_000 && pause <= 600_200)).toBe(true)
})

test('the same bytes go out at every attempt', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  let failures = 3
  alice.device.onStep = step => {
    if (step === 'after-store' && failures-- > 0) throw new Error('the answer is lost')
  }
  alice.device.storeError = undefined
  await alice.send(bob.id, 'hello')
  await world.run()
  // An error that the network does not know is no reason to go on by itself, but the user may.
  expect(await newest(alice, bob.id)).toMatchObject({ state: 'failed', failure: 'outbox.unforeseen' })
  const { id } = await newest(alice, bob.id)
  for (let again = 0; again < 3; again++) {
    await alice.api.command('messages.resend', { message: id })
    await world.run()
  }
  expect(await newest(alice, bob.id)).toMatchObject({ state: 'sent' })
  const stored = world.network.stored.filter(({ owner }) => owner === bob.id)
  expect(stored).toHaveLength(4)
  expect(new Set(stored.map(({ hash }) => hash)).size).toBe(1)
  expect(await bob.texts(alice.id)).toEqual(['hello'])
})

test('messages of a conversation keep their order, and other conversations do not wait', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  const carol = world.person('Carol')
  alice.device.isOnline = false
  await alice.send(bob.id, 'one')
  await world.run(30_000)
  alice.device.isOnline = true
  await alice.send(bob.id, 'two')
  await alice.send(carol.id, 'at once')
  await world.run(1000)
  expect(await carol.texts(alice.id)).toEqual(['at once'])
  await world.run(60_000)
  const { messages } = await bob.api.query('messages.page', { conversation: alice.id })
  const byArrival = messages.toSorted((a, b) => a.id - b.id).map(({ body }) => body)
  expect(byArrival).toEqual(['one', 'two'])
})

test('a lasting refusal is shown, and the next message goes its way', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  alice.device.storeError = 'network.refused'
  await alice.send(bob.id, 'refused')
  await world.run()
  expect(await newest(alice, bob.id)).toMatchObject({ state: 'failed', failure: 'network.refused' })
  alice.device.storeError = undefined
  await alice.send(bob.id, 'taken')
  await world.run()
  expect(await bob.texts(alice.id)).toEqual(['taken'])
})

test('a message is given up when the network would have forgotten it, and can be sent again', async () => {
  const world = new World()
  const alice = world.person('Alice', { limits: { lastRetryMs: 86_400_000 } })
  const bob = world.person('Bob')
  alice.device.isOnline = false
  const message = await alice.send(bob.id, 'late')
  await world.run(15 * 86_400_000)
  expect(await newest(alice, bob.id)).toMatchObject({ state: 'failed', failure: 'outbox.expired' })
  alice.device.goOnline()
  await alice.api.command('messages.resend', { message })
  await world.run()
  expect(await bob.texts(alice.id)).toEqual(['late'])
  expect(await newest(alice, bob.id)).toMatchObject({ id: message, state: 'sent' })
})

test('what was not sent can be taken back; what was sent can be neither taken back nor sent again', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  alice.device.isOnline = false
  const message = await alice.send(bob.id, 'oops')
  await world.run()
  await alice.api.command('messages.cancel', { message })
  alice.device.goOnline()
  await world.run(60_000)
  expect(await alice.texts(bob.id)).toEqual([])
  expect(await bob.texts(alice.id)).toEqual([])
  const sent = await alice.send(bob.id, 'said')
  await world.run()
  await expect(alice.api.command('messages.cancel', { message: sent })).rejects.toThrow('client.not-resendable')
  await expect(alice.api.command('messages.resend', { message: sent })).rejects.toThrow('client.not-resendable')
  await expect(alice.api.command('messages.resend', { message: 999 })).rejects.toThrow('client.unknown-message')
})

test('what is taken back while it waits for the network does not go out any more', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  alice.device.holdsStores = true
  const message = await alice.send(bob.id, 'oops')
  await alice.send(bob.id, 'said')
  await world.run()
  expect(alice.device.attempts).toBeGreaterThan(0)
  await alice.api.command('messages.cancel', { message })
  await world.run()
  alice.device.holdsStores = false
  await world.run(60_000)
  expect(await bob.texts(alice.id)).toEqual(['said'])
})

test('the network coming back ends the pauses', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  await world.run()
  alice.device.isOnline = false
  world.network.wakeAll()
  await alice.send(bob.id, 'patience')
  await world.run(3_600_000)
  alice.device.goOnline()
  await world.run(500)
  expect(await bob.texts(alice.id)).toEqual(['patience'])
})

test('poking tries at once', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  alice.device.isOnline = false
  await alice.send(bob.id, 'patience')
  await world.run(3_600_000)
  alice.device.isOnline = true
  alice.client.poke()
  await world.run(500)
  expect(await bob.texts(alice.id)).toEqual(['patience'])
})

test('the own devices get a copy, and it collapses with what they have', async () => {
  const world = new World()
  const phone = world.person('Alice')
  const phrase = await phone.api.command('account.recovery-phrase')
  const desk = world.person('Alice', { phrase })
  const bob = world.person('Bob')
  await phone.send(bob.id, 'from the phone')
  await world.run()
  await desk.send(bob.id, 'from the desk')
  await world.run()
  await bob.send(phone.id, 'to both')
  await world.run()
  const expected = ['from the phone', 'from the desk', 'to both']
  expect(await phone.texts(bob.id)).toEqual(expected)
  expect(await desk.texts(bob.id)).toEqual(expected)
  expect(await bob.texts(phone.id)).toEqual(expected)
  const { messages } = await desk.api.query('messages.page', { conversation: bob.id })
  const shown = messages.filter(({ kind }) => kind === 'text')
  expect(shown.map(({ outgoing, state, unread }) => [outgoing, state, unread])).toEqual([
    [true, 'sent', false],
    [true, 'sent', false],
    [false, 'received', true],
  ])
})

test('a note to self is one message, on all own devices', async () => {
  const world = new World()
  const phone = world.person('Alice')
  const desk = world.person('Alice', { phrase: await phone.api.command('account.recovery-phrase') })
  await phone.send(phone.id, 'milk')
  await world.run()
  expect(await phone.texts(phone.id)).toEqual(['milk'])
  expect(await desk.texts(phone.id)).toEqual(['milk'])
  expect(world.network.stored).toHaveLength(1)
  const [row] = await desk.api.query('conversations.list')
  expect(row).toMatchObject({ kind: 'self', name: undefined, unreadCount: 0 })
})

test.for([86_400_000, -86_400_000])('a clock that is a day wrong at the start loses nothing: %i ms', async wrongMs => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  alice.device.mistakeTime(wrongMs)
  alice.device.isOnline = false
  await alice.send(bob.id, 'what time is it?')
  await world.run(10_000)
  alice.device.mistakeTime(0)
  alice.device.isOnline = true
  await alice.send(bob.id, 'I see')
  await world.run(60_000)
  const received = await bob.texts(alice.id)
  expect(new Set(received)).toEqual(new Set(['what time is it?', 'I see']))
  const { messages } = await alice.api.query('messages.page', { conversation: bob.id })
  expect(messages.map(({ state }) => state)).toEqual(['sent', 'sent'])
  const seen = messages.find(({ body }) => body === 'I see')
  expect(Math.abs((seen?.sentAt ?? 0) - world.clock.now())).toBeLessThan(120_000)
})

test('what is refused for good and is no message leaves nothing behind', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  await alice.send(bob.id, 'hello')
  await world.run()
  alice.device.storeError = 'network.refused'
  alice.say(bob.id, { kind: 'request-response', approved: true })
  await world.run()
  expect(alice.client.context.store.read(reader => reader.all('SELECT id FROM outbox'))).toEqual([])
})

test('every failure has a sentence', () => {
  expect(failureSentence('outbox.expired')).toMatch(/too long/)
  expect(failureSentence('network.refused')).toMatch(/refuse/)
  expect(failureSentence('no.such')).toMatch(/foresaw/)
})
