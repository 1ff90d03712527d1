import { expect, test } from 'vitest'
import { type ConversationId } from '../../src/engine/conversation-id.ts'
import { findMessages } from '../../src/search/find-messages.ts'
import { Store } from '../../src/store/store.ts'
import { openPlainDatabase } from '../support/plain-database.ts'

const [quiet, loud] = ['quiet', 'loud'] as unknown as readonly [ConversationId, ConversationId]

/** A store with these texts, oldest first. */
function storeOf(texts: readonly (readonly [ConversationId, string])[]): Store {
  const store = Store.open(openPlainDatabase(), 1)
  store.write(tx => {
    for (const [at, [conversation, body]] of texts.entries()) {
      const sql = `INSERT INTO messages (conversation, sent_at, sender, digest, outgoing, kind, state, received_at, body)
        VALUES (?, ?, 'somebody', ?, 0, 'text', 'received', 1, ?)`
      tx.run(sql, conversation, at, new Uint8Array(16), body)
    }
  })
  return store
}

const times = (store: Store, text: string, limit: number, order: 'newest' | 'best' = 'newest') =>
  store.read(reader => findMessages(reader, { text, conversation: quiet, limit, order })).map(({ sentAt }) => sentAt)

test('what others write does not hide a frequent word in a quiet conversation', () => {
  const early = Array.from({ length: 700 }, (_, at) => [quiet, at % 70 === 0 ? `Müsli ${at}` : `text ${at}`] as const)
  const late = Array.from({ length: 900 }, (_, at) => [loud, `müsli ${at}`] as const)
  const store = storeOf([...early, ...late])
  expect(times(store, 'musli', 3)).toEqual([630, 560, 490])
  expect(times(store, 'MÜS', 3)).toEqual([630, 560, 490])
  // More than stand among the texts that are read first.
  expect(times(store, 'mus', 9)).toEqual([630, 560, 490, 420, 350, 280, 210, 140, 70])
  expect(times(store, 'müsli', 20)).toHaveLength(10)
  expect(times(store, 'musl 140', 3)).toEqual([140])
  expect(times(store, 'usli', 3)).toEqual([])
  expect(times(store, 'm', 3)).toEqual([])
})

test('by the index and by reading through, the same is found', () => {
  const words = [
    'tea',
    'Tée',
    'teapot',
    'ate',
    'TEAM',
    'x',
    'xy',
    'te',
    '2 teas',
    'tea-cup',
    'tea.',
    'résumé',
    'resume',
  ]
  const early = words.map(word => [quiet, `a ${word} b`] as const)
  const some = storeOf([...early, [loud, words.join(' ')]])
  const many = storeOf([...early, ...Array.from({ length: 300 }, () => [loud, words.join(' ')] as const)])
  for (const text of [...words, 'te x', 'res', 'a b', 't', 'a tea', 'nothing']) {
    // With a limit that nothing reaches, one of them looks at all hits, and the other one has to read.
    expect(times(many, text, 5), text).toEqual(times(some, text, 100).slice(0, 5))
  }
})

test('the best ones are those of this conversation, however many others are newer', () => {
  const late = Array.from({ length: 900 }, (_, at) => [loud, `tea ${at}`] as const)
  const store = storeOf([[quiet, 'tea and much else, which makes it a worse one'], [quiet, 'tea tea'], ...late])
  expect(times(store, 'tea', 2, 'best')).toEqual([1, 0])
})

test('a conversation that is hidden behind very many hits has its newest ones', () => {
  const late = Array.from({ length: 4100 }, () => [loud, 'tea'] as const)
  const store = storeOf([[quiet, 'tea tea'], [quiet, 'tea and much else'], ...late])
  expect(times(store, 'tea', 2, 'best')).toEqual([1, 0])
})

test('what the index has found is not lost by reading a long conversation that is full of other things', () => {
  const early = [[quiet, 'tea'], ...Array.from({ length: 30 }, () => [loud, 'tea'] as const)] as const
  const late = Array.from({ length: 20_100 }, () => [quiet, 'x'] as const)
  expect(
    times(
      storeOf([[loud, 'tea'], ...Array.from({ length: 60 }, () => [loud, 'tea'] as const), ...early, ...late]),
      'tea',
      2,
    ),
  ).toEqual([61])
})

test('writing without spaces is found, newest first, beyond what is read first', () => {
  const texts = Array.from(
    { length: 1200 },
    (_, at) => [quiet, at % 100 === 0 ? `明日の天気は${at}` : `日 ${at}`] as const,
  )
  const store = storeOf([...texts, [loud, '天気']])
  expect(times(store, '天気', 3)).toEqual([1100, 1000, 900])
  expect(times(store, '天気', 100)).toEqual([1100, 1000, 900, 800, 700, 600, 500, 400, 300, 200, 100, 0])
  expect(times(store, '天気は300', 5)).toEqual([300])
})
