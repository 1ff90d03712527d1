import { type AccountId } from '@sotto/protocol/account'
import { type ContentBody, type Expiry } from '@sotto/protocol/message'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { features } from '../src/features.ts'
import { accountOf, makeFriends, rowsOf, sendRaw } from './support/friends.ts'

/** The last one that can be written. */
const MAX_TIME = 8_640_000_000_000_000

/** Times that exist and times that do not. */
const anyTime = (known: readonly number[]): fc.Arbitrary<number> =>
  fc.oneof(fc.constantFrom(...known), fc.integer({ min: 0, max: MAX_TIME }), fc.constantFrom(0, 1, MAX_TIME))

const anyExpiry: fc.Arbitrary<Expiry> = fc.record({
  mode: fc.constantFrom('off', 'after-read', 'after-send'),
  timerSeconds: fc.oneof(fc.constantFrom(0, 1, 4_294_967_295), fc.nat(2_000_000)),
})

/** Whatever a contact can say that is not a text. */
const anyBody = (known: readonly number[], authors: readonly AccountId[]): fc.Arbitrary<ContentBody> => {
  const time = anyTime(known)
  const author = fc.constantFrom(...authors)
  const emoji = fc.oneof(fc.constantFrom('👍', '❤️', '🦊'), fc.string({ unit: 'binary', maxLength: 20 }))
  const action = fc.constantFrom('react', 'remove')
  return fc.oneof(
    fc.record({
      kind: fc.constant('reaction' as const),
      reaction: fc.record({
        targetSentAt: time,
        targetAuthor: author,
        emoji: emoji.map(text => text.toWellFormed()),
        action,
      }),
    }),
    fc.record({ kind: fc.constant('receipt' as const), readMessages: fc.array(time, { maxLength: 20 }) }),
    fc.record({ kind: fc.constant('typing' as const), action: fc.constantFrom('started', 'stopped'), typedAt: time }),
    fc.record({ kind: fc.constant('unsend' as const), targetSentAt: time, targetAuthor: author }),
    fc.record({
      kind: fc.constant('data-extraction' as const),
      what: fc.constantFrom('screenshot', 'media-saved'),
      targetSentAt: time,
    }),
    fc.record({ kind: fc.constant('expiry-change' as const), expiry: anyExpiry }),
  )
}

test('whatever a contact says, no feature fails, nobody is asked anything, and other conversations stay', async () => {
  const { alice, bob, world } = await makeFriends()
  const carol = world.person('Carol')
  await carol.send(bob.id, 'Hello, Bob')
  await bob.send(carol.id, 'Hello, Carol')
  await bob.api.command('settings.change', { readReceipts: true, typingIndicators: true })
  await world.run()
  const before = await rowsOf(bob, carol.id)
  const known = [...(await rowsOf(bob, alice.id)), ...before].map(({ sentAt }) => sentAt)
  const authors = [alice, bob, carol].map(accountOf)
  const stored = world.network.stored.filter(({ owner }) => owner !== bob.id).length
  const bodies = fc.sample(fc.tuple(anyBody(known, authors), anyExpiry, fc.boolean()), { numRuns: 400, seed: 4 })
  for (const [body, expiry, expires] of bodies) {
    sendRaw(alice, bob.id, sentAt => ({ ...(expires ? { expiry } : {}), ...body, sentAt }))
  }
  await world.run(30_000)
  await bob.api.command('conversations.mark-read', { conversation: alice.id })
  await world.run(30_000)
  expect(bob.reported).toEqual([])
  expect(await rowsOf(bob, carol.id)).toEqual(before)
  expect(await bob.api.query('search.messages', { text: 'Hello, Alice' })).toHaveLength(1)
  expect(world.network.asked.filter(({ method }) => method !== 'delete')).toEqual([])
  expect(world.network.stored.filter(({ owner }) => owner !== bob.id)).toHaveLength(stored)
  await alice.send(bob.id, 'and a text')
  await world.run(2000)
  expect(await bob.texts(alice.id)).toContain('and a text')
})

test('commands, queries and jobs have one name each', () => {
  for (const names of [
    features.map(({ name }) => name),
    features.flatMap(({ commands = {}, queries = {} }) => [...Object.keys(commands), ...Object.keys(queries)]),
    features.flatMap(({ jobs = {} }) => Object.keys(jobs)),
  ]) {
    expect(names).toEqual([...new Set(names)])
  }
})
