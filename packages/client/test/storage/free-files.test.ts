import { expect, test } from 'vitest'
import { makeFriends, newestOf } from '../support/friends.ts'
import { pngOf } from '../support/pictures.ts'

const day = 86_400_000
const document = new Uint8Array(Buffer.from(`%PDF-1.7 ${'long '.repeat(2000)}`))

test('the files of one conversation give up their room, and come again when they are asked for', async () => {
  const { alice, bob, world } = await makeFriends()
  await alice.sendFiles(bob.id, [document])
  await bob.sendFiles(alice.id, [pngOf(3, 5)])
  await bob.sendFiles(bob.id, [pngOf(1, 1)])
  await world.run(5000)
  const usage = async (conversation: string): Promise<unknown> => {
    const { conversations } = await bob.api.query('storage.usage')
    return conversations.find(each => each.conversation === conversation)
  }
  const bytes = document.length + pngOf(3, 5).length
  expect(await usage(alice.id)).toMatchObject({ fileBytes: bytes, fetchableBytes: bytes })
  const own = await usage(bob.id)
  const freed = await bob.api.command('storage.free-files', { conversation: alice.id })
  expect(freed).toEqual({ freedBytes: bytes, keptBytes: 0 })
  expect(await usage(alice.id)).toMatchObject({ fileBytes: 0, fetchableBytes: 0 })
  expect(await usage(bob.id)).toEqual(own)
  await world.run(10_000)
  expect(await bob.blobs.list()).toHaveLength(1)
  const { messages } = await bob.api.query('messages.page', { conversation: alice.id })
  const files = messages.flatMap(({ attachments }) => attachments)
  expect(files.map(({ state }) => state)).toEqual(['evicted', 'evicted'])
  for (const { id } of files) await bob.api.command('attachments.download', { attachment: id })
  await world.run(5000)
  const attachment = files.find(({ kind }) => kind === 'file')?.id ?? 0
  expect(await bob.api.command('attachments.read', { attachment })).toEqual(document)
})

test('what no server has any more for sure is kept, and that is said', async () => {
  const { alice, bob, world } = await makeFriends()
  await alice.sendFiles(bob.id, [document])
  await world.run(5000)
  const conversation = alice.id
  // Nobody is there meanwhile: that would take long.
  await Promise.all([alice.stop(), bob.stop()])
  await world.run(14 * day)
  await bob.restart()
  const freed = await bob.api.command('storage.free-files', { conversation })
  expect(freed).toEqual({ freedBytes: 0, keptBytes: document.length })
  expect((await newestOf(bob, conversation)).attachments).toMatchObject([{ state: 'here' }])
})

test('what is not sent yet, or was said and not sent, is not freed', async () => {
  const { alice, bob, world } = await makeFriends()
  const conversation = bob.id
  world.network.files.isHeld = true
  await alice.sendFiles(conversation, [document])
  await alice.api.command('attachments.stage', { conversation, bytes: pngOf(1, 1) })
  await world.run(1000)
  expect(await alice.api.command('storage.free-files', { conversation })).toEqual({
    freedBytes: 0,
    keptBytes: document.length,
  })
  expect(await alice.api.query('attachments.staged', { conversation })).toMatchObject([{ state: 'staged' }])
  world.network.files.isHeld = false
  await world.run(5000)
  expect((await newestOf(bob, alice.id)).attachments).toMatchObject([{ state: 'here' }])
})
