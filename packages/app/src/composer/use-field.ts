import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import {
  afterTyping,
  type FieldMention,
  type FieldText,
  mentionAround,
  withKnownNames,
  withMention,
} from './field-text.ts'

/** What is selected: `start` is the caret where nothing is. */
export interface Selection {
  readonly start: number
  readonly end: number
}

/** The field and what is done to it. */
export interface Field {
  readonly ref: RefObject<HTMLTextAreaElement | null>
  readonly value: FieldText
  readonly selection: Selection
  /** After the browser changed the text. */
  readonly typed: () => void
  /** After the caret moved. */
  readonly selected: () => void
  /** After it got the focus. */
  readonly focused: () => void
  /** Puts something in place of a part of the text; `account` if it is the name of a person. */
  readonly insert: (part: Selection, insertion: string, account?: string) => void
  /** Puts another text in the place of what there is, with the caret at its end. */
  readonly replace: (next: (value: FieldText) => FieldText) => void
}

interface State {
  readonly value: FieldText
  readonly selection: Selection
  /** The browser's caret has to be moved to `selection`. */
  readonly moves: boolean
  /** Accounts by the names that were mentions in this field. */
  readonly known: ReadonlyMap<string, string>
}

/** A text area whose names are one piece each. */
export function useField(initial: () => FieldText): Field {
  const ref = useRef<HTMLTextAreaElement>(null)
  const [state, setState] = useState<State>(() => atEnd(initial()))
  const waiting = useRef<Selection>(undefined)
  useLayoutEffect(() => {
    const { current } = ref
    if (current === null || !state.moves) return
    const { start, end } = state.selection
    // Some browsers would move the focus as well.
    if (document.activeElement === current) current.setSelectionRange(start, end)
    else waiting.current = state.selection
  }, [state])
  const focused = useCallback(() => {
    const { current } = waiting
    waiting.current = undefined
    if (current !== undefined) ref.current?.setSelectionRange(current.start, current.end)
  }, [])
  const typed = useCallback(() => {
    const { current } = ref
    if (current === null) return
    const { value: text, selectionEnd } = current
    setState(before => afterInput(before, text, selectionEnd))
  }, [])
  const selected = useCallback(() => {
    const { current } = ref
    if (current !== null) setState(before => afterMove(before, current))
  }, [])
  const insert = useCallback((part: Selection, insertion: string, account?: string) => {
    const { current } = ref
    if (current !== null && document.activeElement === current) {
      // As if it was typed: so that it can be taken back by the keys for that.
      current.setSelectionRange(part.start, part.end)
      document.execCommand('insertText', false, insertion)
    }
    setState(before => withInsertion(before, part, insertion, account))
  }, [])
  const replace = useCallback((next: (value: FieldText) => FieldText) => {
    setState(({ value, known }) => atEnd(next(value), known))
  }, [])
  return useMemo(
    () => ({ ref, value: state.value, selection: state.selection, typed, selected, focused, insert, replace }),
    [state, typed, selected, focused, insert, replace],
  )
}

function afterInput({ value, known: before }: State, text: string, selectionEnd: number): State {
  const known = new Map(before)
  for (const { start, end, account } of value.mentions) known.set(value.text.slice(start, end), account)
  const { caret, ...after } = afterTyping(value, text, selectionEnd)
  const selection = { start: caret, end: caret }
  return { value: withKnownNames(after, known), selection, moves: after.text !== text, known }
}

function atEnd(value: FieldText, known: State['known'] = new Map()): State {
  const end = value.text.length
  return { value, selection: { start: end, end }, moves: true, known }
}

/** A caret inside of a name goes on to the end of it that it was moving to. */
function afterMove(before: State, { selectionStart, selectionEnd, value }: HTMLTextAreaElement): State {
  if (value !== before.value.text) return before
  const { start, end } = before.selection
  if (start === selectionStart && end === selectionEnd) return before
  const around = selectionStart === selectionEnd ? mentionAround(before.value, selectionStart) : undefined
  if (around === undefined) {
    return { ...before, selection: { start: selectionStart, end: selectionEnd }, moves: false }
  }
  const at = start <= around.start ? around.end : around.start
  return { ...before, selection: { start: at, end: at }, moves: true }
}

/** Also where the browser has put it in already. */
function withInsertion(before: State, part: Selection, insertion: string, account: string | undefined): State {
  const caret = part.start + insertion.length
  const isThere = before.selection.start === caret && before.value.text.slice(part.start, caret) === insertion
  const text = before.value.text.slice(0, part.start) + insertion + before.value.text.slice(part.end)
  const value = isThere ? before.value : afterTyping(before.value, text, caret)
  const named = account === undefined ? value : withMention(value, mentionOf(part.start, insertion, account))
  const shown = { text: named.text, mentions: named.mentions }
  return { ...before, value: shown, selection: { start: caret, end: caret }, moves: true }
}

/** A space after the name does not belong to it. */
function mentionOf(start: number, insertion: string, account: string): FieldMention {
  return { start, end: start + insertion.trimEnd().length, account }
}
