import { namespaces } from '@sotto/protocol/storage'
import { expect, test } from 'vitest'
import { makeFriends, newestOf, rowsOf, secondDevice, sendRaw } from '../support/friends.ts'
import { type Person } from '../support/world.ts'

const HOUR = 3_600_000
const DAY = 86_400_000

const bodies = async (person: Person, conversation: string): Promise<readonly unknown[]> =>
  (await rowsOf(person, conversation)).map(({ body, kind }) => body ?? kind)

const setExpiry = (person: Person, conversation: string, mode: 'off' | 'after-read' | 'after-send', seconds = 0) =>
  person.api.command('expiry.set', { conversation, mode, timerSeconds: seconds })

test('a change is told to the other side, which keeps its own setting', async () => {
  const { alice, bob, world } = await makeFriends()
  const other = await secondDevice(alice)
  await setExpiry(alice, bob.id, 'after-send', 43_200)
  await world.run()
  const expiry = { mode: 'after-send', timerSeconds: 43_200 }
  expect(await newestOf(bob, alice.id)).toMatchObject({ kind: 'expiry-change', outgoing: false, data: expiry })
  expect(await newestOf(alice, bob.id)).toMatchObject({ kind: 'expiry-change', outgoing: true, data: expiry })
  const settingOf = async (person: Person, id: string) =>
    (await person.api.query('conversations.get', { conversation: id }))?.expiry
  expect(await settingOf(alice, bob.id)).toEqual(expiry)
  expect(await settingOf(other, bob.id)).toEqual(expiry)
  expect(await settingOf(bob, alice.id)).toEqual({ mode: 'off', timerSeconds: 0 })
  expect(await bob.api.query('conversations.unread')).toMatchObject({ messages: 2 - 1 })
})

test('the same setting again says nothing, and what cannot be is refused', async () => {
  const { alice, bob, world } = await makeFriends()
  await setExpiry(alice, bob.id, 'after-read', 300)
  await setExpiry(alice, bob.id, 'after-read', 300)
  await world.run()
  expect((await bodies(alice, bob.id)).filter(each => each === 'expiry-change')).toHaveLength(1)
  await expect(setExpiry(alice, bob.id, 'after-read', 9)).rejects.toMatchObject({ code: 'expiry.bad-timer' })
  await expect(setExpiry(alice, bob.id, 'after-send', 1_209_601)).rejects.toMatchObject({ code: 'expiry.bad-timer' })
  await alice.send(alice.id, 'a note')
  await expect(setExpiry(alice, alice.id, 'after-read', 300)).rejects.toMatchObject({ code: 'expiry.not-for-notes' })
  const stranger = world.person('Carol')
  await expect(setExpiry(alice, stranger.id, 'off')).rejects.toMatchObject({ code: 'client.unknown-contact' })
})

test('of two devices the later change counts', async () => {
  const { alice, bob, world } = await makeFriends()
  const other = await secondDevice(alice)
  other.device.isOnline = false
  await setExpiry(other, bob.id, 'after-send', 43_200)
  await world.run(60_000)
  await setExpiry(alice, bob.id, 'after-read', 300)
  await world.run(60_000)
  other.device.goOnline()
  await world.run(1_200_000)
  for (const device of [alice, other]) {
    const { expiry } = (await device.api.query('conversations.get', { conversation: bob.id })) ?? {}
    expect(expiry).toEqual({ mode: 'after-read', timerSeconds: 300 })
  }
})

test('after sending: gone on all sides at the same time, also on another device', async () => {
  const { alice, bob, world } = await makeFriends()
  const other = await secondDevice(alice)
  await setExpiry(alice, bob.id, 'after-send', 43_200)
  await world.run()
  await alice.send(bob.id, 'for half a day')
  await world.run()
  const end = (await newestOf(alice, bob.id)).expiry?.expiresAt ?? 0
  expect(end).toBeGreaterThan(world.clock.now() + 12 * HOUR - 2000)
  for (const [person, id] of [
    [bob, alice.id],
    [other, bob.id],
  ] as const) {
    const { expiry } = await newestOf(person, id)
    expect(Math.abs((expiry?.expiresAt ?? 0) - end)).toBeLessThan(100)
  }
  await world.run(end - world.clock.now() - 500)
  for (const [person, id] of [
    [alice, bob.id],
    [bob, alice.id],
    [other, bob.id],
  ] as const) {
    expect(await bodies(person, id)).toContain('for half a day')
  }
  await world.run(1000)
  for (const [person, id] of [
    [alice, bob.id],
    [bob, alice.id],
    [other, bob.id],
  ] as const) {
    expect(await bodies(person, id)).not.toContain('for half a day')
    expect(await bodies(person, id)).toContain('Hello, Bob')
  }
})

test('after reading: the sender counts from sending, the reader from reading', async () => {
  const { alice, bob, world } = await makeFriends()
  await setExpiry(alice, bob.id, 'after-read', 3600)
  await alice.send(bob.id, 'read me')
  await world.run()
  expect((await newestOf(bob, alice.id)).expiry).toMatchObject({ mode: 'after-read', expiresAt: undefined })
  await world.run(2 * HOUR)
  expect(await bodies(alice, bob.id)).not.toContain('read me')
  expect(await bodies(bob, alice.id)).toContain('read me')
  const readAt = world.clock.now()
  await bob.api.command('conversations.mark-read', { conversation: alice.id })
  expect((await newestOf(bob, alice.id)).expiry).toMatchObject({ startedAt: readAt, expiresAt: readAt + HOUR })
  await world.run(HOUR - 1000)
  expect(await bodies(bob, alice.id)).toContain('read me')
  await world.run(2000)
  expect(await bodies(bob, alice.id)).not.toContain('read me')
})

test('the own swarm is told of the end, some time after reading, so that another device follows', async () => {
  const { alice, bob, world } = await makeFriends()
  const other = await secondDevice(bob)
  await setExpiry(alice, bob.id, 'after-read', 43_200)
  await alice.send(bob.id, 'read me')
  await world.run()
  const { asked } = world.network
  const readAt = world.clock.now()
  await bob.api.command('conversations.mark-read', { conversation: alice.id })
  expect(asked).toEqual([])
  await world.run(600_000)
  expect(asked.filter(({ method }) => method === 'expire')).toHaveLength(1)
  const box = world.network.box(bob.client.accountId, namespaces.inbox)
  const ends = box.messages.map(({ expiry }) => expiry)
  expect(ends.filter(expiry => expiry === readAt + 12 * HOUR)).toHaveLength(1)
  // The other device reads later: the swarm says that it ends with the first reading.
  await world.run(3 * HOUR)
  await other.api.command('conversations.mark-read', { conversation: alice.id })
  expect((await newestOf(other, alice.id)).expiry?.expiresAt).toBe(readAt + 15 * HOUR + 600_000)
  await world.run(600_000)
  expect((await newestOf(other, alice.id)).expiry?.expiresAt).toBe(readAt + 12 * HOUR)
})

test('without the network it ends in time all the same, and the swarm is told when it is back', async () => {
  const { alice, bob, world } = await makeFriends()
  await setExpiry(alice, bob.id, 'after-read', 3600)
  await alice.send(bob.id, 'read me')
  await world.run()
  bob.device.isOnline = false
  await bob.api.command('conversations.mark-read', { conversation: alice.id })
  await world.run(40 * 60_000)
  bob.device.goOnline()
  await world.run(15 * 60_000)
  expect(world.network.asked.filter(({ method }) => method === 'expire')).toHaveLength(1)
  await world.run(10 * 60_000)
  expect(await bodies(bob, alice.id)).not.toContain('read me')
})

test('what the swarm does not know any more has ended', async () => {
  const { alice, bob, world } = await makeFriends()
  await setExpiry(alice, bob.id, 'after-read', 43_200)
  await alice.send(bob.id, 'read me')
  await world.run()
  const box = world.network.box(bob.client.accountId, namespaces.inbox)
  box.messages = []
  await bob.api.command('conversations.mark-read', { conversation: alice.id })
  await world.run(600_000)
  expect(await bodies(bob, alice.id)).not.toContain('read me')
})

test('clocks go on over a restart, and what ended meanwhile goes at the start', async () => {
  const { alice, bob, world } = await makeFriends()
  await setExpiry(alice, bob.id, 'after-send', 43_200)
  await alice.send(bob.id, 'for half a day')
  await world.run()
  await bob.stop()
  await world.run(13 * HOUR)
  bob.start()
  await world.run(100)
  expect(await bodies(bob, alice.id)).not.toContain('for half a day')
})

test('a message that could not be sent does not count until it was', async () => {
  const { alice, bob, world } = await makeFriends()
  await setExpiry(alice, bob.id, 'after-send', 43_200)
  await world.run()
  alice.device.isOnline = false
  await alice.send(bob.id, 'late')
  await world.run(2 * DAY)
  expect((await newestOf(alice, bob.id)).expiry?.expiresAt).toBeUndefined()
  alice.device.goOnline()
  await world.run(700_000)
  expect((await newestOf(alice, bob.id)).expiry?.expiresAt).toBeGreaterThan(world.clock.now() + 11 * HOUR)
  expect(await bodies(bob, alice.id)).toContain('late')
})

test('notes to self count from sending, on all devices', async () => {
  const { alice, world } = await makeFriends()
  const other = await secondDevice(alice)
  await alice.send(alice.id, 'a note')
  await setExpiry(alice, alice.id, 'after-send', 86_400)
  await alice.send(alice.id, 'a note for a day')
  await world.run()
  expect(await bodies(other, alice.id)).toEqual(['a note', 'expiry-change', 'a note for a day'])
  await world.run(DAY)
  expect(await bodies(alice, alice.id)).toEqual(['a note'])
  expect(await bodies(other, alice.id)).toEqual(['a note'])
})

test('an expired message does not come back when it is stored anew', async () => {
  const { alice, bob, world } = await makeFriends()
  const expiry = { mode: 'after-send', timerSeconds: 3600 } as const
  const message = { kind: 'message', body: 'again and again', attachments: [], expiry } as const
  const sentAt = sendRaw(alice, bob.id, now => ({ ...message, sentAt: now }))
  await world.run()
  expect(await bodies(bob, alice.id)).toContain('again and again')
  await world.run(HOUR)
  expect(await bodies(bob, alice.id)).not.toContain('again and again')
  sendRaw(alice, bob.id, () => ({ ...message, sentAt }))
  await world.run()
  expect(await bodies(bob, alice.id)).not.toContain('again and again')
})

test('odd timers of others neither fail nor keep anything longer', async () => {
  const { alice, bob, world } = await makeFriends()
  const send = (body: string, mode: 'after-send' | 'after-read', timerSeconds: number): void => {
    const expiry = { mode, timerSeconds }
    sendRaw(alice, bob.id, now => ({ kind: 'message', body, attachments: [], expiry, sentAt: now }))
  }
  send('one second', 'after-send', 1)
  send('an age', 'after-send', 4_294_967_295)
  send('none', 'after-send', 0)
  send('an age after reading', 'after-read', 4_294_967_295)
  await world.run(500)
  await bob.api.command('conversations.mark-read', { conversation: alice.id })
  await world.run(20_000)
  expect(await bodies(bob, alice.id)).toEqual(expect.arrayContaining(['an age', 'none', 'an age after reading']))
  expect(await bodies(bob, alice.id)).not.toContain('one second')
  await world.run(15 * DAY)
  expect(await bodies(bob, alice.id)).not.toContain('an age')
  expect(bob.reported).toEqual([])
})

test('a swarm that takes its time does not keep anything from going in time', async () => {
  const { alice, bob, world } = await makeFriends()
  await setExpiry(alice, bob.id, 'after-read', 43_200)
  await alice.send(bob.id, 'read me')
  const expiry = { mode: 'after-send', timerSeconds: 3600 } as const
  sendRaw(alice, bob.id, now => ({ kind: 'message', body: 'an hour', attachments: [], expiry, sentAt: now }))
  await world.run()
  bob.device.requestMs = 3 * HOUR
  await bob.api.command('conversations.mark-read', { conversation: alice.id })
  await world.run(HOUR + 1000)
  expect(await bodies(bob, alice.id)).not.toContain('an hour')
  expect(world.network.asked).toEqual([])
  await world.run(3 * HOUR)
  expect(world.network.asked).toHaveLength(1)
})

test('however many timers others choose, few requests tell of what was read', async () => {
  const { alice, bob, world } = await makeFriends()
  for (let at = 0; at < 150; at++) {
    const expiry = { mode: 'after-read', timerSeconds: 86_400 + at } as const
    sendRaw(alice, bob.id, now => ({ kind: 'message', body: `${at}`, attachments: [], expiry, sentAt: now }))
  }
  await world.run(20_000)
  const readAt = world.clock.now()
  await bob.api.command('conversations.mark-read', { conversation: alice.id })
  await world.run(700_000)
  expect(world.network.asked.filter(({ method }) => method === 'expire')).toHaveLength(2)
  const { messages } = world.network.box(bob.client.accountId, namespaces.inbox)
  const ends = new Set(messages.map(({ expiry }) => expiry))
  for (let at = 0; at < 150; at++) expect(ends.has(readAt + DAY + at * 1000)).toBe(true)
})

test('a clock that is a day ahead at the start takes nothing away', async () => {
  const { alice, bob, world } = await makeFriends()
  await setExpiry(alice, bob.id, 'after-send', 43_200)
  await alice.send(bob.id, 'for half a day')
  await world.run()
  await bob.stop()
  const { time } = bob.device
  const listeners = new Set<() => void>()
  time.isSettled = () => false
  time.onChange = listener => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  world.clock.jump(DAY)
  bob.start()
  await world.run(10_000)
  expect(await bodies(bob, alice.id)).toContain('for half a day')
  world.clock.jump(-DAY)
  time.isSettled = () => true
  for (const listener of listeners) listener()
  await world.run(10_000)
  expect(await bodies(bob, alice.id)).toContain('for half a day')
  await world.run(12 * HOUR)
  expect(await bodies(bob, alice.id)).not.toContain('for half a day')
})

test('without a network the clock of the device has to do', async () => {
  const { alice, bob, world } = await makeFriends()
  await setExpiry(alice, bob.id, 'after-send', 43_200)
  await alice.send(bob.id, 'for half a day')
  await world.run()
  await bob.stop()
  const { device } = bob
  device.time.isSettled = () => false
  device.isOnline = false
  await world.run(DAY)
  bob.start()
  await world.run(10_000)
  expect(await bodies(bob, alice.id)).not.toContain('for half a day')
})
