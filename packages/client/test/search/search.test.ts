import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findMessages, type FoundMessage } from '../../src/search/find-messages.ts'
import { accountOf, makeFriends } from '../support/friends.ts'
import { type Person, World } from '../support/world.ts'

/** Someone with notes, the last of them the newest. */
const withNotes = async (...bodies: readonly string[]): Promise<Person> => {
  const alice = new World().person('Alice')
  for (const body of bodies) {
    await alice.send(alice.id, body)
    await alice.world.run(10)
  }
  return alice
}

const shown = (found: readonly FoundMessage[]): readonly string[] =>
  found.map(({ snippet }) => snippet.map(({ isMatch, text }) => (isMatch ? `[${text}]` : text)).join(''))

const find = async (person: Person, text: string, order: 'newest' | 'best' = 'newest') =>
  shown(await person.api.query('search.messages', { text, order }))

test('finds words and beginnings of words, whatever their case and accents, newest first', async () => {
  const alice = await withNotes('Das Müsli ist aus', 'the museum', 'MUSELI, please', 'nothing of it')
  expect(await find(alice, 'müs')).toEqual(['[MUSELI], please', 'the [museum]', 'Das [Müsli] ist aus'])
  expect(await find(alice, 'musli')).toEqual(['Das [Müsli] ist aus'])
  expect(await find(alice, 'Museum')).toEqual(['the [museum]'])
})

test('finds what holds all of the words, in any order', async () => {
  const alice = await withNotes('red fish, blue fish', 'a blue whale', 'red and blue')
  expect(await find(alice, 'blue re')).toEqual(['[red] and [blue]', '[red] fish, [blue] fish'])
  expect(await find(alice, 'whale red')).toEqual([])
})

test('best ones first, if wanted: where a word is more of the text', async () => {
  const long = `tea ${'and other things '.repeat(20)}`
  const alice = await withNotes('tea tea tea', 'only tea', long)
  const best = await find(alice, 'tea', 'best')
  expect(best[0]).toBe('[tea] [tea] [tea]')
  expect(best.at(-1)).toMatch(/^\[tea\] and other/)
  expect((await find(alice, 'tea'))[0]).toMatch(/^\[tea\] and other/)
})

test('signs of the query language mean nothing', async () => {
  const alice = await withNotes('a "quoted" word', 'NOT that', 'c++ and c#', '100% sure_thing')
  expect(await find(alice, '"quoted')).toEqual(['a "[quoted]" word'])
  expect(await find(alice, 'NOT')).toEqual(['[NOT] that'])
  for (const text of ['', '   ', '"', '*', 'body:', '(', ')', 'a AND', 'NEAR(', '\0', "';--", '^x', '+-+']) {
    await expect(find(alice, text), text).resolves.toBeInstanceOf(Array)
  }
  expect(await find(alice, 'body:quoted')).toEqual([])
  await expect(alice.api.query('search.messages', { text: 'x'.repeat(501) })).rejects.toMatchObject({
    code: 'client.bad-arguments',
  })
})

test('whatever is typed, and whatever was written: a text is found by what it says', async () => {
  const alice = new World().person('Alice')
  const { store } = alice.client.context
  const search = (text: string): readonly FoundMessage[] =>
    store.read(reader => findMessages(reader, { text, conversation: undefined, limit: 1000, order: 'newest' }))
  const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.lorem({ maxCount: 4 }))
  await fc.assert(
    fc.asyncProperty(anyText, anyText, async (body, text) => {
      expect(() => search(text)).not.toThrow()
      // What has no meaning yet is no letter here, and may be one to the index.
      const written = body
        .toWellFormed()
        .replaceAll(/\p{Cn}/gu, '')
        .trim()
      if (written === '') return
      const id = await alice.send(alice.id, written)
      const looked = written
        .replaceAll(/\p{Cc}/gu, ' ')
        .slice(0, 200)
        .trim()
      // A text of signs alone is found letter by letter, others by their words: the first eight of them.
      if (/[\p{L}\p{N}]/u.test(looked)) expect(search(looked).map(({ message }) => message)).toContain(id)
    }),
    { numRuns: 100, seed: 9 },
  )
})

test('finds parts of texts in writing without spaces', async () => {
  const alice = await withNotes('明日の天気は晴れです', '今日は雨', 'カタカナ 100%', 'สวัสดีครับ')
  expect(await find(alice, '天気')).toEqual(['明日の[天気]は晴れです'])
  expect(await find(alice, '日は')).toEqual(['今[日は]雨'])
  expect(await find(alice, 'タカ')).toEqual(['カ[タカ]ナ 100%'])
  expect(await find(alice, 'สวัส')).toEqual(['[สวัส]ดีครับ'])
  expect(await find(alice, '日 天')).toEqual(['明[日]の天気は晴れです'])
})

test('finds emoji and signs, which are no words', async () => {
  const alice = await withNotes('well done 👍🏽', '50 € please', '100%_\\sure')
  expect(await find(alice, '👍')).toEqual(['well done [👍]🏽'])
  expect(await find(alice, ' € ')).toEqual(['50 [€] please'])
  expect(await find(alice, '%_\\')).toEqual(['100[%_\\]sure'])
  expect(await find(alice, '_')).toEqual(['100%[_]\\sure'])
  expect(await find(alice, '\0')).toEqual([])
})

test('shows the surroundings of what was found', async () => {
  const alice = await withNotes(`${'before '.repeat(100)}needle${' after'.repeat(100)}`)
  const [text = ''] = await find(alice, 'needle')
  expect(text).toMatch(/^….*\[needle\] after.*…$/)
  expect(text.length).toBeLessThan(200)
})

test('in one conversation only, or in all but those with people who are blocked', async () => {
  const { alice, bob, world } = await makeFriends()
  await alice.send(alice.id, 'Hello, me')
  await world.run()
  const hello = { text: 'hello' }
  expect(await alice.api.query('search.messages', hello)).toHaveLength(3)
  expect(await alice.api.query('search.messages', { ...hello, conversation: alice.id })).toHaveLength(1)
  expect(await alice.api.query('search.messages', { ...hello, limit: 2 })).toHaveLength(2)
  await alice.api.command('contacts.block', { contact: bob.id })
  expect(shown(await alice.api.query('search.messages', hello))).toEqual(['[Hello], me', '[Hello], Bob'])
})

test('going from one place to the next: all of a conversation, newest first', async () => {
  const alice = await withNotes(...Array.from({ length: 60 }, (_, at) => `number ${at}`))
  const places = await alice.api.query('search.messages', { text: 'number', conversation: alice.id, limit: 1000 })
  expect(places).toHaveLength(60)
  expect(places.map(({ sentAt }) => sentAt)).toEqual(places.map(({ sentAt }) => sentAt).toSorted((a, b) => b - a))
})

test('what is deleted or changed is not found any more', async () => {
  const alice = await withNotes('find me')
  const [{ message } = { message: 0 }] = await alice.api.query('search.messages', { text: 'find' })
  await alice.api.command('deletion.delete', { messages: [message], scope: 'here' })
  expect(await find(alice, 'find')).toEqual([])
  expect(await find(alice, '見')).toEqual([])
})

test('conversations and people by name, nickname or id', async () => {
  const { alice, bob, world } = await makeFriends()
  const zoe = world.person('Zoë')
  const number = world.person('3rd Bob')
  for (const person of [zoe, number]) await alice.send(person.id, 'Hi')
  const stranger = world.person('Bobby, a stranger')
  await stranger.send(alice.id, 'Hi')
  await alice.send(alice.id, 'a note')
  await world.run()
  for (const person of [zoe, number]) await person.send(alice.id, 'Hi')
  await world.run()
  const search = async (text: string, selfNames: readonly string[] = ['Note to Self']) =>
    (await alice.api.query('search.conversations', { text, selfNames })).map(({ id, name }) =>
      id === alice.id ? 'self' : name,
    )
  expect(await search('bob')).toEqual(['Bob', '3rd Bob'])
  expect(await search('ZOE')).toEqual(['Zoë'])
  expect(await search('self')).toEqual(['self'])
  expect(await search('self', [])).toEqual([])
  expect(await search(bob.id.slice(10, 30))).toEqual(['Bob'])
  await alice.api.command('contacts.set-nickname', { contact: bob.id, nickname: 'Selfish' })
  expect(await search('self')).toEqual(['self', 'Selfish'])
  expect(await search('bob')).toEqual(['Selfish', '3rd Bob'])
  expect(await search('')).toEqual([])
  await alice.api.command('contacts.block', { contact: accountOf(bob) })
  const [found] = await alice.api.query('search.conversations', { text: 'selfish' })
  expect(found).toEqual({ id: bob.id, kind: 'contact', name: 'Selfish', blocked: true })
})
