import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import styles from './composer.module.css'
import { mentionBeside } from './field-text.ts'
import { meaningOf } from './key-meaning.ts'
import { type Mentionable } from './people.ts'
import { suggestionId, SuggestionList } from './suggestion-list.tsx'
import { type Field } from './use-field.ts'
import { type Suggestions, useSuggestions } from './use-suggestions.ts'
import { WrittenText } from './written-text.tsx'

interface ComposerFieldProps {
  readonly field: Field
  readonly people: readonly Mentionable[]
  readonly label: string
  readonly placeholder: string
  /** The element that says how much room is left. */
  readonly countId: string
  readonly enterKey: 'sends' | 'new-line'
  readonly spellCheck: boolean
  readonly onTyped: (isEmpty: boolean) => void
  readonly onSend: () => void
  readonly onEscape: (() => void) | undefined
}

/** The text area; a copy of its text behind it gives it its height and marks the names. */
export function ComposerField(props: ComposerFieldProps): ReactNode {
  const { field, people, label, placeholder, countId, enterKey, spellCheck, onTyped } = props
  const suggestions = useSuggestions(field, people)
  const behind = useRef<HTMLDivElement>(null)
  const listId = useId()
  const isOffering = suggestions.list.length > 0
  return (
    <div className={styles['field']}>
      <div className={styles['sheet']}>
        <WrittenText value={field.value} elementRef={behind} />
        <textarea
          ref={field.ref}
          className={styles['input']}
          aria-label={label}
          aria-describedby={countId}
          aria-autocomplete="list"
          {...(isOffering
            ? { 'aria-controls': listId, 'aria-activedescendant': suggestionId(listId, suggestions.active) }
            : {})}
          placeholder={placeholder}
          dir="auto"
          rows={1}
          spellCheck={spellCheck}
          autoComplete="off"
          enterKeyHint={enterKey === 'sends' ? 'send' : 'enter'}
          value={field.value.text}
          onChange={event => {
            field.typed()
            onTyped(event.target.value.trim() === '')
          }}
          onSelect={field.selected}
          onFocus={field.focused}
          onScroll={event => {
            if (behind.current !== null) behind.current.scrollTop = event.currentTarget.scrollTop
          }}
          onKeyDown={event => onKey(event, suggestions, props)}
        />
      </div>
      {isOffering && <SuggestionList id={listId} suggestions={suggestions} behind={behind} />}
    </div>
  )
}

function onKey(event: KeyboardEvent<HTMLTextAreaElement>, suggestions: Suggestions, props: ComposerFieldProps): void {
  const { isComposing } = event.nativeEvent
  const { key, shiftKey, ctrlKey, metaKey, altKey } = event
  const pressed = { key, shiftKey, ctrlKey, metaKey, altKey, isComposing }
  switch (meaningOf(pressed, suggestions.list.length > 0, props.enterKey)) {
    case 'none':
      return otherKey(event, props)
    case 'send':
      props.onSend()
      break
    case 'next':
      suggestions.move(1)
      break
    case 'previous':
      suggestions.move(-1)
      break
    case 'choose':
      suggestions.choose(suggestions.active)
      break
    case 'dismiss':
      suggestions.dismiss()
      break
  }
  event.preventDefault()
  event.stopPropagation()
}

function otherKey(event: KeyboardEvent<HTMLTextAreaElement>, { field, onEscape }: ComposerFieldProps): void {
  if (event.nativeEvent.isComposing) return
  if (event.key === 'Escape' && onEscape !== undefined) {
    onEscape()
    event.preventDefault()
    event.stopPropagation()
  }
  if (event.key !== 'Backspace' && event.key !== 'Delete') return
  const { selectionStart, selectionEnd } = event.currentTarget
  if (selectionStart !== selectionEnd) return
  // A name goes as a whole: the key then deletes what is selected.
  const beside = mentionBeside(field.value, selectionStart, event.key === 'Backspace' ? 'before' : 'after')
  if (beside !== undefined) event.currentTarget.setSelectionRange(beside.start, beside.end)
}
