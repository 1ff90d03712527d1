import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ChatState, newChat } from '../../src/chat/chat-state.ts'
import { type Key, type KeyEffect, pressKey } from '../../src/chat/press-key.ts'

function type(...keys: readonly (Key | string)[]): {
  readonly state: ChatState
  readonly effects: readonly KeyEffect[]
} {
  let state = newChat('x')
  const effects: KeyEffect[] = []
  for (const key of keys) {
    const pressed = pressKey(state, typeof key === 'string' ? { text: key } : key, 10)
    state = pressed.state
    if (pressed.effect !== undefined) effects.push(pressed.effect)
  }
  return { state, effects: effects.filter(({ kind }) => kind !== 'edited') }
}

test('Return sends what was written, and empties the line', () => {
  const { state, effects } = type('h', 'i', { name: 'return' })
  expect(effects).toEqual([{ kind: 'send', text: 'hi' }])
  expect(state).toMatchObject({ draft: [], cursor: 0, scroll: 0 })
})

test('nothing is sent where there is nothing', () => {
  expect(type(' ', { name: 'return' }).effects).toEqual([])
})

test.for([
  ['a Backspace takes one character, however it is made', ['a', '👩‍👩‍👧', { name: 'backspace' }], 'a'],
  ['Delete takes the next one', ['a', 'b', { name: 'home' }, { name: 'delete' }], 'b'],
  ['the cursor moves', ['b', { name: 'left' }, 'a', { name: 'right' }, 'c'], 'abc'],
  ['Ctrl-U takes all before', ['a', 'b', { name: 'u', ctrl: true }], ''],
  ['Ctrl-K takes all behind', ['a', 'b', { name: 'left' }, { name: 'k', ctrl: true }], 'a'],
  ['Ctrl-W takes a word', ['one two ', { name: 'w', ctrl: true }], 'one '],
  ['Alt-Return and Ctrl-J make lines', ['a', { name: 'return', meta: true }, 'b', { name: 'j', ctrl: true }], 'a\nb\n'],
  ['what is pasted keeps its lines and nothing else', ['a\r\nb\u{1b}[2Jc\u{7}'], 'a\nb[2Jc'],
  ['marks join the character before', ['e', '\u{301}', { name: 'backspace' }], ''],
] as const)('%s', ([, keys, draft]) => {
  expect(type(...keys).state.draft.join('')).toBe(draft)
})

test('Ctrl-C and Ctrl-D leave', () => {
  for (const name of ['c', 'd']) expect(type({ name, ctrl: true }).effects).toEqual([{ kind: 'quit' }])
})

test('page keys scroll, Escape returns', () => {
  const { state, effects } = type({ name: 'pageup' }, { name: 'pageup' }, { name: 'pagedown' })
  expect(state.scroll).toBe(10)
  expect(effects).toEqual([{ kind: 'older' }, { kind: 'older' }])
  expect(pressKey(state, { name: 'escape' }, 10).state.scroll).toBe(0)
})

test('the cursor never leaves the draft', () => {
  const names = ['left', 'right', 'home', 'end', 'backspace', 'delete']
  const key = fc.oneof(
    fc.constantFrom(...names).map(name => ({ name })),
    fc.constantFrom('a', 'u', 'k', 'w', 'e').map(name => ({ name, ctrl: true })),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }).map(text => ({ text })),
  )
  fc.assert(
    fc.property(fc.array(key), keys => {
      const { state } = type(...keys)
      expect(state.cursor).toBeGreaterThanOrEqual(0)
      expect(state.cursor).toBeLessThanOrEqual(state.draft.length)
    }),
  )
})
