/** A key, and what is going on in the field. */
export interface FieldKey {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  /** An input method is putting a word together: its keys are not ours. */
  readonly isComposing: boolean
}

/** What a key does. `none` leaves it to the browser. */
export type KeyMeaning = 'none' | 'send' | 'next' | 'previous' | 'choose' | 'dismiss'

/** With suggestions shown some keys belong to those; an empty list is not shown. Spec 50 §4, traps. */
export function meaningOf(key: FieldKey, hasSuggestions: boolean, enterKey: 'sends' | 'new-line'): KeyMeaning {
  if (key.isComposing) return 'none'
  const isPlain = !key.ctrlKey && !key.metaKey && !key.altKey
  if (hasSuggestions && isPlain && !key.shiftKey) {
    const meaning = suggestionKeys.get(key.key)
    if (meaning !== undefined) return meaning
  }
  if (key.key !== 'Enter' || key.altKey) return 'none'
  if (key.ctrlKey || key.metaKey) return 'send'
  return key.shiftKey === (enterKey === 'new-line') ? 'send' : 'none'
}

const suggestionKeys: ReadonlyMap<string, KeyMeaning> = new Map([
  ['ArrowDown', 'next'],
  ['ArrowUp', 'previous'],
  ['Enter', 'choose'],
  ['Tab', 'choose'],
  ['Escape', 'dismiss'],
])
