import { constant, oneof, record, string } from 'fast-check'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Arguments } from '../../src/engine/arguments.ts'
import { ClientError } from '../../src/engine/client-error.ts'
import { features } from '../../src/features.ts'
import { World } from '../support/world.ts'

const id = '05'.padEnd(66, 'a')

test('reads what is there and refuses what is not', () => {
  const args = new Arguments({
    text: 'a',
    flag: true,
    number: 5,
    word: 'up',
    id: id.toUpperCase(),
    group: '03'.padEnd(66, 'b'),
    bytes: Uint8Array.of(1),
    list: ['x', 'y'],
    object: { text: 'inner' },
    nothing: undefined,
  })
  expect(args.text('text')).toBe('a')
  expect(args.flag('flag')).toBe(true)
  expect(args.integer('number')).toBe(5)
  expect(args.word('word', ['up', 'down'])).toBe('up')
  expect(args.accountId('id')).toBe(id)
  expect(args.conversation('group')).toBe('03'.padEnd(66, 'b'))
  expect(args.bytes('bytes', 1)).toEqual(Uint8Array.of(1))
  expect(args.list('list', 2, each => each.text('value'))).toEqual(['x', 'y'])
  expect(args.object('object').text('text')).toBe('inner')
  expect(args.has('nothing')).toBe(false)
  expect(args.optional('nothing', each => each.text('nothing'))).toBeUndefined()
  expect(args.optional('text', each => each.text('text'))).toBe('a')
  const refused: (() => unknown)[] = [
    () => args.text('number'),
    () => args.text('text', 0),
    () => args.flag('text'),
    () => args.integer('text'),
    () => args.integer('number', { min: 0, max: 4 }),
    () => args.word('word', ['down']),
    () => args.accountId('group'),
    () => args.accountId('text'),
    () => args.bytes('bytes', 0),
    () => args.list('list', 1, each => each.text('value')),
    () => args.list('list', 2, each => each.integer('value')),
    () => args.object('nothing'),
    () => args.object('list'),
    () => args.text('none'),
  ]
  for (const read of refused) expect(read).toThrow('client.bad-arguments')
  for (const raw of [null, 5, 'text', []]) expect(() => new Arguments(raw)).toThrow('client.bad-arguments')
  expect(() => args.conversation('text')).toThrow('client.bad-conversation')
})

/** Whatever another process may send, right or wrong. */
const anyArguments = oneof(
  fc.anything(),
  record(
    {
      id: string(),
      conversation: oneof(constant(id), string()),
      contact: oneof(constant(id), string()),
      message: oneof(fc.integer(), fc.double()),
      body: string(),
      text: string(),
      name: string(),
      limit: fc.integer(),
      before: string(),
      around: fc.integer(),
      pinned: fc.boolean(),
      until: fc.double(),
      quote: fc.anything(),
    },
    { requiredKeys: [] },
  ),
)

test('no arguments make a command or query fail in a way that is not foreseen', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const names = features.flatMap(({ commands }) => Object.keys(commands ?? {}))
  const questions = features.flatMap(({ queries }) => Object.keys(queries ?? {}))
  alice.device.isOnline = false
  const local = names.filter(name => name !== 'names.look-up')
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...local),
      fc.constantFrom(...questions),
      anyArguments,
      async (name, asked, args) => {
        const calls = [alice.client.command(name, args), alice.client.query(asked, args)]
        const settled = Promise.allSettled(calls)
        await world.run(60_000)
        for (const result of await settled) {
          if (result.status === 'rejected') expect(result.reason).toHaveProperty('code')
        }
      },
    ),
    { numRuns: 200 },
  )
  expect(alice.reported).toEqual([])
})

test('names that nobody knows are refused, and everything once the client has stopped', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const { client } = alice
  await expect(client.command('no.such')).rejects.toThrow(ClientError)
  await expect(client.command('toString')).rejects.toThrow('client.unknown-command')
  await expect(client.query('no.such')).rejects.toThrow('client.unknown-query')
  const signal = AbortSignal.abort()
  await expect(client.command('account.recovery-phrase', undefined, { signal })).rejects.toThrow('client.cancelled')
  await alice.stop()
  await expect(client.command('account.recovery-phrase')).rejects.toThrow('client.stopped')
  await expect(client.query('account.get')).rejects.toThrow('client.stopped')
  await client.stop()
})
