import compact from 'emojibase-data/en/compact.json' with { type: 'json' }
import german from 'emojibase-data/de/compact.json' with { type: 'json' }
import shortcodes from 'emojibase-data/en/shortcodes/emojibase.json' with { type: 'json' }
import { expect, test } from 'vitest'
import { indexEmoji, inTone, searchEmoji, shortcodeFor } from '../../src/emoji/emoji-index.ts'
import { lastUsed, parseEmojiMemory, withUse } from '../../src/emoji/emoji-memory.ts'
import { emojiAt, neighbour, pickerRows } from '../../src/emoji/picker-rows.ts'

const index = indexEmoji(compact, shortcodes)
const wave = index.byUnicode.get('👋')
const first = (query: string, from = index) => searchEmoji(from, query, 10)[0]?.unicode

test('the list has what people can pick, and no parts of others', () => {
  expect(index.all.length).toBeGreaterThan(1800)
  expect([...index.groups.keys()]).toEqual([0, 1, 3, 4, 5, 6, 7, 8, 9])
  expect(index.all[0]?.unicode).toBe('😀')
  expect(new Set(index.all.map(({ unicode }) => unicode)).size).toBe(index.all.length)
})

test.for([
  ['grinning', '😀'],
  ['waving_hand', '👋'],
  ['RED HEART', '❤️'],
  ['joy', '😂'],
  ['+1', '👍️'],
])('%s finds %s', ([query, found]) => {
  expect(first(query ?? '')).toBe(found)
})

test('names of other languages find them, and short codes too', () => {
  const deutsch = indexEmoji(german, shortcodes)
  expect(first('rotes herz', deutsch)).toBe('❤️')
  expect(first('waving_hand', deutsch)).toBe('👋')
})

test('nothing is found by nothing, and no more than asked for', () => {
  expect(searchEmoji(index, '  ', 10)).toEqual([])
  expect(searchEmoji(index, 'face', 10)).toHaveLength(10)
  expect(searchEmoji(index, 'qqqq', 10)).toEqual([])
})

test('tones are those of everybody in the picture', () => {
  expect(wave && inTone(wave, 0)).toBe('👋')
  expect(wave && inTone(wave, 5)).toBe('👋🏿')
  const smile = index.byUnicode.get('😀')
  expect(smile && inTone(smile, 3)).toBe('😀')
  for (const emoji of index.all.filter(({ tones }) => tones.length > 0)) {
    expect(inTone(emoji, 1), emoji.label).not.toBe(emoji.unicode)
  }
})

test('the short code that is shown is the one that was typed', () => {
  const smiley = index.byUnicode.get('😃')
  expect(smiley && shortcodeFor(smiley, 'smil')).toBe('smiley')
  expect(smiley && shortcodeFor(smiley, 'face')).toBe(smiley?.shortcodes[0])
})

test('bad lists are empty lists', () => {
  expect(indexEmoji(undefined, null).all).toEqual([])
  expect(indexEmoji([null, 1, {}, { unicode: 'x' }], {}).all).toEqual([])
})

test('six are offered before any was used; used ones come first', () => {
  const memory = parseEmojiMemory(null)
  expect(lastUsed(memory, 6)).toEqual(['😂', '🥰', '😢', '😡', '😮', '😈'])
  const later = withUse(withUse(memory, '👍'), '😢')
  expect(lastUsed(later, 6)).toEqual(['😢', '👍', '😂', '🥰', '😡', '😮'])
  expect(lastUsed(withUse(later, '👍'), 2)).toEqual(['👍', '😢'])
})

test('what was kept comes back; what makes no sense does not', () => {
  const memory = { ...withUse(parseEmojiMemory(null), '👍'), tone: 4 as const }
  expect(parseEmojiMemory(JSON.stringify(memory))).toEqual(memory)
  expect(parseEmojiMemory('{"recent":["😀",5,"😀","","' + 'x'.repeat(41) + '"],"tone":9}')).toEqual({
    recent: ['😀'],
    tone: 0,
  })
  for (const json of ['', '[]', 'null', '{"recent":{}}', '7']) expect(parseEmojiMemory(json).recent).toEqual([])
  let many = parseEmojiMemory(null)
  for (let n = 0; n < 50; n += 1) many = withUse(many, String(n))
  expect(many.recent).toHaveLength(32)
})

test('the grid has what was used first, then every group with its title', () => {
  const rows = pickerRows(index, { query: '', recent: ['👋🏿', '👋', 'nonsense'], columns: 8 })
  expect(rows[0]).toEqual({ kind: 'title', section: 'recent' })
  expect(rows[1]).toMatchObject({ kind: 'emoji', section: 'recent', emoji: [wave] })
  expect(rows[2]?.kind).toBe('title')
  expect(rows.filter(({ kind }) => kind === 'title')).toHaveLength(10)
  const shown = rows.flatMap(row => (row.kind === 'emoji' && row.section !== 'recent' ? row.emoji : []))
  expect(shown).toHaveLength(index.all.length)
})

test('a search shows what it found', () => {
  const rows = pickerRows(index, { query: 'waving', recent: ['😀'], columns: 8 })
  expect(emojiAt(rows, { row: 0, column: 0 })?.unicode).toBe('👋')
  expect(pickerRows(index, { query: 'qqqq', recent: [], columns: 8 })).toEqual([])
})

test('arrows go from line to line, over titles, and stop at the ends', () => {
  const rows = pickerRows(index, { query: '', recent: ['👋', '😀'], columns: 8 })
  expect(neighbour(rows, undefined, 'down')).toEqual({ row: 1, column: 0 })
  expect(neighbour(rows, { row: 1, column: 1 }, 'forward')).toEqual({ row: 3, column: 0 })
  expect(neighbour(rows, { row: 3, column: 0 }, 'back')).toEqual({ row: 1, column: 1 })
  expect(neighbour(rows, { row: 3, column: 7 }, 'up')).toEqual({ row: 1, column: 1 })
  expect(neighbour(rows, { row: 1, column: 0 }, 'back')).toEqual({ row: 1, column: 0 })
  expect(neighbour(rows, { row: 1, column: 0 }, 'up')).toEqual({ row: 1, column: 0 })
  const last = { row: rows.length - 1, column: 0 }
  expect(neighbour(rows, last, 'down')).toEqual(last)
  expect(neighbour([], undefined, 'down')).toBeUndefined()
})
