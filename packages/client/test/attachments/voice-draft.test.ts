import { expect, test } from 'vitest'
import { makeFriends, newestOf } from '../support/friends.ts'
import { pngOf } from '../support/pictures.ts'

/** As a recorder writes it. */
const spoken = new Uint8Array(Buffer.from('\xff\xfb\x90\x00 what was said', 'latin1'))

test('what was said stays with its conversation, also when the program ends, and is sent as what it is', async () => {
  const { alice, bob, world } = await makeFriends()
  const conversation = bob.id
  await alice.api.command('voice-drafts.keep', { conversation, bytes: spoken })
  await alice.restart()
  const draft = await alice.api.query('voice-drafts.get', { conversation })
  expect(draft).toMatchObject({ kind: 'voice', contentType: 'audio/mpeg', state: 'staged', sizeBytes: spoken.length })
  expect(await alice.api.query('voice-drafts.get', { conversation: alice.id })).toBeUndefined()
  expect(await alice.texts(conversation)).toEqual(await bob.texts(alice.id))
  for (const name of await alice.blobs.list()) {
    expect(Buffer.from((await alice.blobs.read(name, 0, 100_000)) ?? []).includes('what was said')).toBe(false)
  }
  const attachments = [draft?.id ?? 0]
  await alice.api.command('messages.send', { id: 'voice', conversation, body: '', attachments, voice: true })
  await world.run(5000)
  const [received] = (await newestOf(bob, alice.id)).attachments
  expect(received).toMatchObject({ kind: 'voice', state: 'here' })
  expect(await bob.api.command('attachments.read', { attachment: received?.id ?? 0 })).toEqual(spoken)
  expect(await alice.api.query('voice-drafts.get', { conversation })).toBeUndefined()
})

test('the last one is kept, beside the files that are chosen, until it is forgotten', async () => {
  const { alice, bob } = await makeFriends()
  const conversation = bob.id
  await alice.api.command('attachments.stage', { conversation, bytes: pngOf(1, 1) })
  const first = await alice.api.command('voice-drafts.keep', { conversation, bytes: spoken })
  const second = await alice.api.command('voice-drafts.keep', { conversation, bytes: spoken.slice(0, 9) })
  expect(await alice.api.query('attachments.get', { attachment: first.id })).toBeUndefined()
  await alice.api.command('attachments.stage', { conversation, bytes: pngOf(2, 2) })
  expect(await alice.api.query('attachments.staged', { conversation })).toMatchObject([{ width: 1 }, { width: 2 }])
  expect(await alice.api.query('voice-drafts.get', { conversation })).toMatchObject({ id: second.id, sizeBytes: 9 })
  await alice.api.command('attachments.unstage', { attachment: second.id })
  expect(await alice.api.query('voice-drafts.get', { conversation })).toBeUndefined()
})

test('it goes with its conversation', async () => {
  const { alice, bob } = await makeFriends()
  const conversation = bob.id
  await alice.api.command('voice-drafts.keep', { conversation, bytes: spoken })
  const isListed = async (): Promise<boolean | undefined> =>
    (await alice.api.query('conversations.list')).find(({ id }) => id === conversation)?.hasVoiceDraft
  expect(await isListed()).toBe(true)
  expect(await alice.api.query('conversations.get', { conversation })).toMatchObject({ hasVoiceDraft: true })
  await alice.api.command('conversations.delete', { conversation })
  expect(await alice.api.query('conversations.get', { conversation })).toMatchObject({ hasVoiceDraft: false })
  expect(await alice.api.query('voice-drafts.get', { conversation })).toBeUndefined()
})

test('what is no sound is not kept, nor what is for nobody', async () => {
  const { alice, bob, world } = await makeFriends()
  const keep = async (conversation: string, bytes: Uint8Array): Promise<unknown> =>
    alice.api.command('voice-drafts.keep', { conversation, bytes })
  await expect(keep(bob.id, pngOf(1, 1))).rejects.toThrow('attachments.not-voice')
  const stranger = world.person('Carol')
  await alice.send(stranger.id, 'Hello')
  await expect(keep(stranger.id, spoken)).rejects.toThrow('attachments.not-approved')
  expect(await alice.blobs.list()).toEqual([])
})
