import { type AttachmentPointer, type Content } from '@sotto/protocol/message'
import { expect, test } from 'vitest'
import { type ContentTable } from '../../src/engine/feature.ts'
import { createUnsupportedFeature } from '../../src/unsupported/unsupported-feature.ts'
import { accountOf, makeFriends, newestOf, rowsOf, sendRaw } from '../support/friends.ts'
import { type Person } from '../support/world.ts'

const pointer = (contentType: string, flags = 0): AttachmentPointer => ({
  id: 1n,
  url: 'http://filev2.getsession.org/file/1',
  key: new Uint8Array(64),
  digest: new Uint8Array(32),
  sizeBytes: 5,
  contentType,
  flags,
})

const wordsAt = async (person: Person, conversation: string): Promise<readonly string[]> => {
  const { id } = await newestOf(person, conversation)
  const [view] = await person.api.query('unsupported.list', { messages: [id, 99_999] })
  return view?.words ?? []
}

test('attachments are shown, and so nothing is said of them', async () => {
  const { alice, bob, world } = await makeFriends()
  const attachments = [pointer('image/png'), pointer('audio/mpeg', 1), pointer('video/mp4'), pointer('application/pdf')]
  sendRaw(alice, bob.id, now => ({ kind: 'message', body: 'Look', attachments, sentAt: now }))
  await world.run()
  expect((await newestOf(bob, alice.id)).attachments.map(({ kind }) => kind)).toEqual([
    'image',
    'voice',
    'video',
    'file',
  ])
  expect(await wordsAt(bob, alice.id)).toEqual([])
  expect(world.network.asked).toEqual([])
})

test('invitations, calls and kinds that nobody knows yet are lines with a word', async () => {
  const { alice, bob, world } = await makeFriends()
  const invitation = { url: 'https://example.org/room?public_key=00', name: 'A room' }
  sendRaw(alice, bob.id, now => ({ kind: 'message', attachments: [], invitation, sentAt: now }))
  await world.run()
  expect(await wordsAt(bob, alice.id)).toEqual(['community-invitation'])
  sendRaw(alice, bob.id, now => ({
    kind: 'call',
    callId: '6f1b0c8e-1c1a-4c3e-9b7a-1d2e3f405162',
    signal: { type: 'offer', sdp: 'v=0' },
    sentAt: now,
  }))
  await world.run()
  expect(await wordsAt(bob, alice.id)).toEqual(['call'])
})

test('texts that are shown whole are not among them', async () => {
  const { alice, bob } = await makeFriends()
  const messages = (await rowsOf(alice, bob.id)).map(({ id }) => id)
  expect(await alice.api.query('unsupported.list', { messages })).toEqual([])
})

test('a version that knows more reads what was kept once more, and only once', async () => {
  const { alice, bob, world } = await makeFriends()
  const update = {
    type: 'invite',
    groupId: `03${'ab'.repeat(32)}`,
    name: 'A group',
    memberAuthData: new Uint8Array(100),
    adminSignature: new Uint8Array(64),
  }
  const invite = { kind: 'group-update', update } as unknown as Content
  for (let at = 0; at < 250; at++) sendRaw(alice, bob.id, now => ({ ...invite, sentAt: now }))
  await world.run(20_000)
  expect(await wordsAt(bob, alice.id)).toEqual(['group-invitation'])
  const taken: string[] = []
  const readers: ContentTable = {
    'group-update': (_, { content, sender }) => {
      taken.push(`${sender} ${content.update.type}`)
    },
  }
  const { context } = bob.client
  const newer = createUnsupportedFeature({ readers, version: 2 })
  const run = async (): Promise<void> => {
    newer.start?.(context)
    const job = newer.jobs?.['unsupported']
    for (let more = true; more;) {
      const row = context.store.read(reader => reader.get("SELECT * FROM jobs WHERE name = 'unsupported'"))
      more = row !== undefined
      if (row === undefined) break
      context.store.write(tx => tx.run("DELETE FROM jobs WHERE name = 'unsupported'"))
      const payload: unknown = JSON.parse(String(row['payload']))
      await job?.({ name: 'unsupported', key: '', payload, attempts: 0 }, context)
    }
  }
  await run()
  expect(taken).toHaveLength(250)
  expect(new Set(taken)).toEqual(new Set([`${accountOf(alice)} invite`]))
  expect((await rowsOf(bob, alice.id)).filter(({ kind }) => kind === 'unsupported')).toEqual([])
  await run()
  expect(taken).toHaveLength(250)
})
