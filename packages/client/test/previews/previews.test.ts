import { type LinkPreview } from '@sotto/protocol/message'
import { expect, test } from 'vitest'
import { makeFriends, newestOf, sendRaw } from '../support/friends.ts'

const url = 'https://example.org/page'

const receive = async (preview: LinkPreview, body = `Look: ${url}`) => {
  const { alice, bob, world } = await makeFriends()
  sendRaw(alice, bob.id, now => ({ kind: 'message', body, attachments: [], preview, sentAt: now }))
  await world.run()
  const { id } = await newestOf(bob, alice.id)
  return { bob, id, list: () => bob.api.query('previews.list', { messages: [id, 99_999] }), world }
}

test('what the sender says of a link is shown, and nothing is asked of anyone for it', async () => {
  const { id, list, world } = await receive({ url, title: 'A page' })
  expect(await list()).toEqual([{ message: id, url, title: 'A page', hasImage: false }])
  expect(world.network.asked).toEqual([])
})

test('a title stays in its line and does not turn the text around it', async () => {
  const title = `  evil\u202e\u0000\n${'x'.repeat(5000)}`
  const { list } = await receive({ url, title })
  const [preview] = await list()
  expect(preview?.title).toBe(`evil ${'x'.repeat(preview?.title === undefined ? 0 : preview.title.length - 5)}`)
  expect(preview?.title?.length).toBeLessThanOrEqual(300)
})

test('a preview of another link than that of the text is none', async () => {
  const { list } = await receive({ url: 'https://bank.example', title: 'Your bank' })
  expect(await list()).toEqual([])
})

test('an empty title is none', async () => {
  const { list } = await receive({ url, title: '\u200b \u202e' })
  expect(await list()).toMatchObject([{ title: undefined }])
})

test('who does not want to see any sees none', async () => {
  const { bob, list } = await receive({ url, title: 'A page' })
  await bob.api.command('settings.change', { linkPreviews: false })
  expect(await list()).toEqual([])
})

test('own messages have none', async () => {
  const { alice, bob, world } = await makeFriends()
  const id = await alice.send(bob.id, `Look: ${url}`)
  await world.run()
  expect(await alice.api.query('previews.list', { messages: [id] })).toEqual([])
  expect(await bob.api.query('previews.list', { messages: [(await newestOf(bob, alice.id)).id] })).toEqual([])
})
