import { type ChatState } from './chat-state.ts'
import { splitGraphemes } from './wrap-cells.ts'

/** A key as Node's readline names it. */
export interface Key {
  readonly name?: string | undefined
  /** What was typed, where it is text. */
  readonly text?: string | undefined
  readonly ctrl?: boolean | undefined
  readonly meta?: boolean | undefined
}

/** What a key asks for beyond the screen. */
export type KeyEffect =
  | { readonly kind: 'send'; readonly text: string }
  | { readonly kind: 'quit' }
  | { readonly kind: 'older' }
  | { readonly kind: 'edited' }

/** The screen after a key, and what else is to be done. */
export interface Pressed {
  readonly state: ChatState
  readonly effect?: KeyEffect
}

/** The longest text that can be typed; what is longer is not taken. */
const maxDraft = 10_000

/** Moves the cursor and changes the draft as people know it from shells; page keys scroll. `page` is in rows. */
export function pressKey(state: ChatState, key: Key, page: number): Pressed {
  if (key.ctrl === true) return pressControl(state, key.name ?? '')
  switch (key.name) {
    case 'return':
    case 'enter':
      return key.meta === true ? insert(state, '\n') : send(state)
    case 'backspace':
      return remove(state, state.cursor - 1, state.cursor)
    case 'delete':
      return remove(state, state.cursor, state.cursor + 1)
    case 'left':
      return moveTo(state, state.cursor - 1)
    case 'right':
      return moveTo(state, state.cursor + 1)
    case 'home':
      return moveTo(state, 0)
    case 'end':
      return moveTo(state, state.draft.length)
    case 'pageup':
      return { state: { ...state, scroll: state.scroll + page }, effect: { kind: 'older' } }
    case 'pagedown':
      return { state: { ...state, scroll: Math.max(0, state.scroll - page) } }
    case 'escape':
      return { state: { ...state, scroll: 0 } }
    default:
      return key.text === undefined || key.meta === true ? { state } : insert(state, key.text)
  }
}

function pressControl(state: ChatState, name: string): Pressed {
  switch (name) {
    case 'c':
    case 'd':
      return { state, effect: { kind: 'quit' } }
    case 'a':
      return moveTo(state, 0)
    case 'e':
      return moveTo(state, state.draft.length)
    case 'u':
      return remove(state, 0, state.cursor)
    case 'k':
      return remove(state, state.cursor, state.draft.length)
    case 'w':
      return remove(state, wordStart(state), state.cursor)
    case 'j':
      return insert(state, '\n')
  }
  return { state }
}

function send(state: ChatState): Pressed {
  const text = state.draft.join('')
  if (text.trim() === '') return { state }
  return { state: { ...state, draft: [], cursor: 0, scroll: 0 }, effect: { kind: 'send', text } }
}

/** Typed or pasted text: line feeds stay, other control characters are none. */
function insert(state: ChatState, text: string): Pressed {
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  const typed = text.replaceAll(/\r\n?/g, '\n').replaceAll(/[\u{0}-\u{9}\u{b}-\u{1f}\u{7f}-\u{9f}]/gu, '')
  if (typed === '' || state.draft.length + typed.length > maxDraft) return { state }
  const before = splitGraphemes(state.draft.slice(0, state.cursor).join('') + typed)
  const draft = [...before, ...state.draft.slice(state.cursor)]
  return { state: { ...state, draft, cursor: before.length }, effect: { kind: 'edited' } }
}

function remove(state: ChatState, from: number, to: number): Pressed {
  const [start, end] = [Math.max(0, from), Math.min(state.draft.length, to)]
  if (start >= end) return { state }
  return {
    state: { ...state, draft: state.draft.toSpliced(start, end - start), cursor: start },
    effect: { kind: 'edited' },
  }
}

function moveTo(state: ChatState, cursor: number): Pressed {
  return { state: { ...state, cursor: Math.min(state.draft.length, Math.max(0, cursor)) } }
}

function wordStart({ draft, cursor }: ChatState): number {
  let at = cursor
  while (at > 0 && draft[at - 1] === ' ') at--
  while (at > 0 && draft[at - 1] !== ' ') at--
  return at
}
