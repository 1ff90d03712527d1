import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type MessageView } from '../../src/messages/views.ts'
import { makeFriends, rowsOf, sendRaw } from '../support/friends.ts'
import { type Person, World } from '../support/world.ts'

async function notes(count: number): Promise<{ readonly alice: Person; readonly all: readonly MessageView[] }> {
  const alice = new World().person('Alice')
  for (let at = 0; at < count; at++) await alice.send(alice.id, `${at}`)
  // Two of one time: their order is not that of their times.
  const { store } = alice.client.context
  store.write(tx =>
    tx.run('UPDATE messages SET sent_at = (SELECT min(sent_at) + 5 FROM messages) WHERE id IN (5, 6, 7)'),
  )
  return { alice, all: await rowsOf(alice, alice.id) }
}

test('a range is what stands between two positions', async () => {
  const { alice, all } = await notes(20)
  const place = fc.option(fc.nat(19), { nil: undefined })
  await fc.assert(
    fc.asyncProperty(place, place, fc.integer({ min: 1, max: 25 }), async (from, to, limit) => {
      const positionOf = (at: number | undefined) => (at === undefined ? undefined : (all[at]?.position ?? ''))
      const between = all.slice(from ?? 0, (to ?? 19) + 1)
      const expected = from === undefined ? between.slice(-limit) : between.slice(0, limit)
      const ends = { from: positionOf(from), to: positionOf(to) }
      const range = await alice.client.query('messages.range', { conversation: alice.id, ...ends, limit })
      const ids = expected.map(({ id }) => id)
      expect(range).toMatchObject({ messages: ids.map(id => ({ id })) })
      if (expected.length === 0) return
      expect(range).toMatchObject({ hasOlder: ids[0] !== all[0]?.id, hasNewer: ids.at(-1) !== all.at(-1)?.id })
    }),
  )
})

test('a watched range takes in what comes, and lets go what is gone', async () => {
  const { alice, bob, world } = await makeFriends()
  const before = await rowsOf(alice, bob.id)
  const from = before.at(-1)?.position ?? ''
  const ranges: (readonly (string | undefined)[])[] = []
  alice.api.watch(
    'messages.range',
    { conversation: bob.id, from },
    {
      onResult: ({ messages, hasOlder, hasNewer }) =>
        ranges.push([...messages.map(m => m.body), `${hasOlder} ${hasNewer}`]),
    },
  )
  await bob.send(alice.id, 'one more')
  await world.run()
  expect(ranges.at(-1)).toEqual(['Hello, Alice', 'one more', 'true false'])
  const { id = 0 } = before.at(-1) ?? {}
  for (let time = 0; time < 2; time++) await alice.api.command('deletion.delete', { messages: [id], scope: 'here' })
  await world.run()
  expect(ranges.at(-1)).toEqual(['one more', 'true false'])
  await alice.api.command('conversations.clear', { conversation: bob.id })
  await world.run()
  expect(ranges.at(-1)).toEqual(['false false'])
})

test('a range has 400 messages at most, and its ends are positions', async () => {
  const alice = new World().person('Alice')
  const range = { conversation: alice.id }
  expect(await alice.api.query('messages.range', range)).toEqual({ messages: [], hasOlder: false, hasNewer: false })
  for (const bad of [{ limit: 0 }, { limit: 401 }, { from: 'x' }, { to: '1.2' + '.3'.repeat(3) }, { from: '-1..' }]) {
    await expect(alice.api.query('messages.range', { ...range, ...bad })).rejects.toThrow('client.bad-arguments')
  }
})

test('a date leads to its first message, or to the last one before it', async () => {
  const { alice, all } = await notes(10)
  const at = async (time: number) => alice.api.query('messages.at-date', { conversation: alice.id, at: time })
  const placeOf = ({ id, position }: MessageView) => ({ message: id, position })
  const [first, last] = [all[0], all.at(-1)]
  if (first === undefined || last === undefined) throw new Error('no messages')
  expect(await at(0)).toEqual(placeOf(first))
  for (const message of all) {
    const earliest = all.find(({ sentAt }) => sentAt === message.sentAt) ?? message
    expect(await at(message.sentAt)).toEqual(placeOf(earliest))
  }
  expect(await at(last.sentAt + 1)).toEqual(placeOf(last))
  const empty = { conversation: '05'.padEnd(66, 'e'), at: 0 }
  expect(await alice.api.query('messages.at-date', empty)).toBeUndefined()
})

test('the oldest unread message and the oldest unread mention are found', async () => {
  const { alice, bob, world } = await makeFriends()
  const conversation = { conversation: bob.id }
  await alice.api.command('conversations.mark-read', conversation)
  expect(await alice.api.query('messages.first-unread', conversation)).toBeUndefined()
  expect(await alice.api.query('messages.first-mention', conversation)).toBeUndefined()
  for (const body of ['one', `two @${alice.id}`, 'three', `four @${alice.id}`]) {
    const content = { kind: 'message', body, attachments: [] } as const
    sendRaw(bob, alice.id, sentAt => ({ ...content, sentAt }))
    await world.run()
  }
  const rows = await rowsOf(alice, bob.id)
  const placeOf = (body: string) => {
    const { id, position } = rows.find(row => row.body?.startsWith(body)) ?? {}
    return { message: id, position }
  }
  expect(await alice.api.query('messages.first-unread', conversation)).toEqual({ ...placeOf('one'), count: 4 })
  expect(await alice.api.query('messages.first-mention', conversation)).toEqual({ ...placeOf('two'), count: 2 })
  const upTo = placeOf('two').message ?? 0
  await alice.api.command('conversations.mark-read', { ...conversation, upTo })
  expect(await alice.api.query('messages.first-unread', conversation)).toEqual({ ...placeOf('three'), count: 2 })
  expect(await alice.api.query('messages.first-mention', conversation)).toEqual({ ...placeOf('four'), count: 1 })
})
