import { expect, test } from 'vitest'
import { followArrivals } from '../../src/arrivals/follow-arrivals.ts'
import { type Person, World } from '../support/world.ts'

const reader = 'bot'

async function arrived(person: Person, limit?: number): Promise<readonly (string | undefined)[]> {
  const args = limit === undefined ? { reader } : { reader, limit }
  return (await person.api.query('arrivals.list', args)).map(({ body }) => body)
}

async function acknowledge(person: Person): Promise<void> {
  const last = (await person.api.query('arrivals.list', { reader })).at(-1)
  if (last !== undefined) await person.api.command('arrivals.acknowledge', { reader, upTo: last.id })
}

test('a new reader begins with what is unread, and sees each message until it says that it is done', async () => {
  const world = new World()
  const [ada, bot] = [world.person('Ada'), world.person('Bot')]
  await ada.send(bot.id, 'read by a person')
  await world.run()
  await bot.api.command('conversations.mark-read', { conversation: ada.id })
  await ada.send(bot.id, 'one')
  await ada.send(bot.id, 'two')
  await world.run()
  expect(await arrived(bot)).toEqual(['one', 'two'])
  expect(await arrived(bot, 1)).toEqual(['one'])
  await acknowledge(bot)
  expect(await arrived(bot)).toEqual([])
  await ada.send(bot.id, 'three')
  await world.run()
  await bot.api.command('conversations.mark-read', { conversation: ada.id })
  await bot.restart()
  expect(await arrived(bot)).toEqual(['three'])
})

test('own messages are none, and readers do not disturb each other', async () => {
  const world = new World()
  const [ada, bot] = [world.person('Ada'), world.person('Bot')]
  await ada.send(bot.id, 'one')
  await world.run()
  await acknowledge(bot)
  await bot.send(ada.id, 'own')
  await world.run()
  expect(await arrived(bot)).toEqual([])
  const other = await bot.api.query('arrivals.list', { reader: 'other' })
  expect(other.map(({ body }) => body)).toEqual(['one'])
})

test('tells who still waits to be accepted', async () => {
  const world = new World()
  const [ada, bot] = [world.person('Ada'), world.person('Bot')]
  await ada.send(bot.id, 'may I?')
  await world.run()
  const isRequest = async (): Promise<readonly boolean[]> =>
    (await bot.api.query('arrivals.list', { reader })).map(arrival => arrival.isRequest)
  expect(await isRequest()).toEqual([true])
  await bot.api.command('requests.accept', { contact: ada.id })
  await world.run()
  expect(await isRequest()).toEqual([false])
})

test('an acknowledgement never goes back', async () => {
  const world = new World()
  const [ada, bot] = [world.person('Ada'), world.person('Bot')]
  await ada.send(bot.id, 'one')
  await world.run()
  await acknowledge(bot)
  await bot.api.command('arrivals.acknowledge', { reader, upTo: 0 })
  expect(await arrived(bot)).toEqual([])
})

test.for(['', 'UPPER', 'a.b', 'x'.repeat(33)])('no reader is called %j', async name => {
  const bot = new World().person('Bot')
  const bad = expect.objectContaining({ code: 'client.bad-arguments' }) as Error
  await expect(bot.api.query('arrivals.list', { reader: name })).rejects.toThrow(bad)
  await expect(bot.api.command('arrivals.acknowledge', { reader: name, upTo: 1 })).rejects.toThrow(bad)
})

test('a message is found by its hash, at either end', async () => {
  const world = new World()
  const [ada, bot] = [world.person('Ada'), world.person('Bot')]
  const sent = await ada.send(bot.id, 'one')
  await world.run()
  const [arrival] = await bot.api.query('arrivals.list', { reader })
  const found = await bot.api.query('messages.find', { hash: arrival?.hash ?? '' })
  expect(found?.body).toBe('one')
  expect((await ada.api.query('messages.find', { hash: arrival?.hash ?? '' }))?.id).toBe(sent)
  expect(await ada.api.query('messages.find', { hash: 'nothing' })).toBeUndefined()
})

test('following takes one after the other, and again from where it was after a restart', async () => {
  const world = new World()
  const [ada, bot] = [world.person('Ada'), world.person('Bot')]
  const taken: (string | undefined)[] = []
  const errors: unknown[] = []
  const follow = (onArrival: (body: string | undefined) => Promise<void>): (() => void) =>
    followArrivals(
      bot.api,
      reader,
      async ({ body }) => onArrival(body),
      error => errors.push(error),
    )
  let stop = follow(async body => void taken.push(body))
  for (const body of ['one', 'two', 'three']) await ada.send(bot.id, body)
  await world.run()
  expect(taken).toEqual(['one', 'two', 'three'])
  stop()
  await ada.send(bot.id, 'four')
  await world.run()
  await bot.restart()
  stop = follow(async body => void taken.push(body))
  await world.run()
  expect(taken.slice(3)).toEqual(['four'])
  stop()
  expect(errors).toEqual([])
})

test('a message that its reader fails on is not acknowledged', async () => {
  const world = new World()
  const [ada, bot] = [world.person('Ada'), world.person('Bot')]
  const errors: unknown[] = []
  const broken = new Error('broken')
  followArrivals(
    bot.api,
    reader,
    ({ body }) => {
      if (body === 'two') throw broken
    },
    error => errors.push(error),
  )
  for (const body of ['one', 'two', 'three']) await ada.send(bot.id, body)
  await world.run()
  expect(errors).toEqual([broken])
  expect(await arrived(bot)).toEqual(['two', 'three'])
})
