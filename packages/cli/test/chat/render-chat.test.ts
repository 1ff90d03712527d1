import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ChatLine, type ChatState, newChat } from '../../src/chat/chat-state.ts'
import { renderChat } from '../../src/chat/render-chat.ts'
import { cellsOf } from '../../src/chat/wrap-cells.ts'

const size = { columns: 30, rows: 10, colours: false }
const time = (sentAt: number): string => `${sentAt}`

function line(id: number, text: string, more: Partial<ChatLine> = {}): ChatLine {
  return { id, mine: false, author: 'Ada', sentAt: id, text, state: 'received', ...more }
}

const shown = (state: Partial<ChatState>): readonly string[] =>
  renderChat({ ...newChat('Ada'), ...state }, size, time).lines

test('title, history, status and composer', () => {
  const lines = [line(1, 'Hello'), line(2, 'there'), line(3, 'Hi', { mine: true, author: 'You', state: 'sent' })]
  expect(shown({ lines, status: 'live', draft: ['o', 'k'] })).toEqual([
    'Ada',
    '',
    'Ada 1',
    '  Hello',
    '  there',
    '',
    'You 3',
    '  Hi ✓',
    'live',
    '> ok',
  ])
})

test('quotes, reactions, notices and failures', () => {
  const lines = [
    line(1, 'yes', { quote: 'are you\nthere?', reactions: ['❤ 1', '😂 2'] }),
    line(2, 'Ada turned disappearing messages on', { author: undefined }),
    line(3, 'no', { mine: true, author: 'You', state: 'failed' }),
  ]
  expect(renderChat({ ...newChat('Ada'), lines }, { ...size, rows: 14 }, time).lines.slice(2, -2)).toEqual(
    [
      'Ada 1',
      '  > are you there?',
      '  yes',
      '  ❤ 1  😂 2',
      '– Ada turned disappearing',
      'messages on (2)',
      '',
      'You 3',
      '  no not sent',
    ].toSpliced(0, 0, ''),
  )
})

test('a hostile name and text stay in their place', () => {
  const lines = [line(1, 'a\u{1b}[2Jb\u{202e}c', { author: 'Eve\u{1b}]0;x\u{7}\n' })]
  const text = shown({ lines, title: '\u{1b}c' }).join('\n')
  // oxlint-disable-next-line no-control-regex -- these are what must be missing
  expect(text).not.toMatch(/[\u{0}-\u{9}\u{b}-\u{1f}\u{7f}-\u{9f}\u{202e}]/u)
})

test('scrolls no further than there is history, and says that there is more below', () => {
  const lines = Array.from({ length: 40 }, (_, at) => line(at, `message ${at}`))
  const picture = renderChat({ ...newChat('Ada'), lines, scroll: 1000 }, size, time)
  expect(picture.scroll).toBe(42 - 7)
  expect(picture.lines[2]).toBe('Ada 0')
  expect(picture.lines.at(-2)).toContain('lines below')
})

test('the composer grows up to five rows, and the cursor stays in it', () => {
  const draft = Array.from({ length: 300 }, () => 'x')
  const { lines, cursor } = renderChat({ ...newChat('Ada'), draft, cursor: 300 }, size, time)
  expect(lines.slice(-5).every(row => row.startsWith('  xx'))).toBe(true)
  expect(cursor.row).toBe(9)
  const top = renderChat({ ...newChat('Ada'), draft, cursor: 0 }, size, time)
  expect(top.cursor).toEqual({ row: 5, column: 2 })
  expect(top.lines[5]).toMatch(/^> x/)
})

test('fills the screen exactly, whatever is in it', () => {
  const anyLine = fc.record({
    id: fc.nat(),
    mine: fc.boolean(),
    author: fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined }),
    sentAt: fc.nat(),
    text: fc.string({ unit: 'grapheme', maxLength: 100 }),
    state: fc.constantFrom('queued', 'sent', 'read', 'failed', 'received'),
  })
  const anyState = fc.record({
    title: fc.string({ unit: 'grapheme' }),
    status: fc.string({ unit: 'grapheme' }),
    lines: fc.array(anyLine as fc.Arbitrary<ChatLine>, { maxLength: 12 }),
    peerTypes: fc.boolean(),
    scroll: fc.nat(30),
    draft: fc.array(fc.constantFrom('a', ' ', '\n', '日', '👩‍👩‍👧'), { maxLength: 80 }),
  })
  fc.assert(
    fc.property(anyState, fc.integer({ min: 20, max: 60 }), fc.integer({ min: 5, max: 20 }), (state, columns, rows) => {
      const whole = { ...state, cursor: state.draft.length }
      const { lines, cursor } = renderChat(whole, { columns, rows, colours: true }, time)
      expect(lines.length).toBe(rows)
      for (const each of lines) expect(cellsOf(stripVTControlCharacters(each))).toBeLessThanOrEqual(columns)
      expect(cursor.row).toBeLessThan(rows)
      expect(cursor.column).toBeLessThan(columns)
    }),
  )
})
