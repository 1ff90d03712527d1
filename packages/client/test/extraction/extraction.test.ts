import { openInboxMessage } from '@sotto/protocol/seal'
import { expect, test } from 'vitest'
import { makeFriends, newestOf, rowsOf, sendRaw } from '../support/friends.ts'

test('who saves something tells its sender, who sees a line of it', async () => {
  const { alice, bob, world } = await makeFriends()
  const target = await newestOf(alice, bob.id)
  const before = await rowsOf(alice, bob.id)
  await alice.api.command('extraction.report-saved', { message: target.id })
  await world.run()
  expect(await newestOf(bob, alice.id)).toMatchObject({
    kind: 'data-extraction',
    sender: alice.id,
    unread: false,
    data: { what: 'media-saved', targetSentAt: target.sentAt },
  })
  expect(await rowsOf(alice, bob.id)).toEqual(before)
})

test('nothing is told of own messages, or to people who were not accepted', async () => {
  const { alice, bob, world } = await makeFriends()
  const carol = world.person('Carol')
  await carol.send(alice.id, 'Hi')
  await world.run()
  const own = (await rowsOf(alice, bob.id)).find(({ body }) => body === 'Hello, Bob')
  const before = world.network.stored.length
  await alice.api.command('extraction.report-saved', { message: own?.id ?? 0 })
  const theirs = await newestOf(alice, carol.id)
  const reporting = alice.api.command('extraction.report-saved', { message: theirs.id })
  await expect(reporting).rejects.toMatchObject({ code: 'client.unknown-contact' })
  const unknown = alice.api.command('extraction.report-saved', { message: 99_999 })
  await expect(unknown).rejects.toMatchObject({ code: 'client.unknown-message' })
  await world.run()
  expect(world.network.stored).toHaveLength(before)
})

test('where messages count from sending, a notice counts from reading, so that it is seen', async () => {
  const { alice, bob, world } = await makeFriends()
  await alice.api.command('expiry.set', { conversation: bob.id, mode: 'after-send', timerSeconds: 43_200 })
  await world.run()
  const before = world.network.stored.length
  const target = (await rowsOf(alice, bob.id)).find(({ body }) => body === 'Hello, Alice')
  await alice.api.command('extraction.report-saved', { message: target?.id ?? 0 })
  await world.run()
  const [notice] = world.network.stored.slice(before)
  const { content } = openInboxMessage(notice?.data ?? new Uint8Array(), bob.client.context.keys.x25519)
  expect(content).toMatchObject({ kind: 'data-extraction', expiry: { mode: 'after-read', timerSeconds: 43_200 } })
})

test('a picture of the screen is shown, but not to those who have no conversation', async () => {
  const { alice, bob, world } = await makeFriends()
  const carol = world.person('Carol')
  for (const recipient of [bob, carol]) {
    sendRaw(alice, recipient.id, now => ({ kind: 'data-extraction', what: 'screenshot', sentAt: now }))
  }
  await world.run()
  expect(await newestOf(bob, alice.id)).toMatchObject({ data: { what: 'screenshot', targetSentAt: null } })
  expect(await carol.api.query('conversations.get', { conversation: alice.id })).toBeUndefined()
  expect(await carol.api.query('requests.list')).toEqual([])
})
