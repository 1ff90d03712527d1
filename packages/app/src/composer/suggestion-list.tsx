import { type CSSProperties, type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type TextKey, useText } from '../texts/index.ts'
import { Avatar, classes, useAnnounce } from '../ui/index.ts'
import styles from './composer.module.css'
import { inlineOffset } from './inline-offset.ts'
import { type Suggestion, type Suggestions } from './use-suggestions.ts'

interface SuggestionListProps {
  readonly id: string
  readonly suggestions: Suggestions
  /** The copy of the text, which can say where a letter stands. */
  readonly behind: RefObject<HTMLDivElement | null>
}

/** The name of the element of a suggestion. */
export function suggestionId(list: string, at: number): string {
  return `${list}-${at}`
}

/** Above the word that it is about. The field keeps the focus. */
export function SuggestionList({ id, suggestions, behind }: SuggestionListProps): ReactNode {
  const text = useText()
  const announce = useAnnounce()
  const { list, active, start, choose } = suggestions
  const [offset, setOffset] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (behind.current !== null) setOffset(inlineOffset(behind.current, start))
  }, [behind, start])
  useEffect(() => {
    announce(text('composer.suggestions.count', { count: list.length }))
  }, [announce, text, list.length])
  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const title: TextKey = list[0]?.kind === 'person' ? 'composer.suggestions.people' : 'composer.suggestions.emoji'
  return (
    <div
      ref={box}
      id={id}
      role="listbox"
      // It scrolls; Tab chooses before it could come here.
      tabIndex={0}
      aria-label={text(title)}
      className={styles['suggestions']}
      style={{ '--offset': `${offset}px` } as CSSProperties}
    >
      {list.map((suggestion, at) => (
        // Keys come by way of the field, which keeps the focus.
        <div
          key={keyOf(suggestion)}
          id={suggestionId(id, at)}
          role="option"
          aria-selected={at === active}
          className={classes(styles['suggestion'], at === active && styles['active'])}
          onPointerDown={event => event.preventDefault()}
          onClick={() => choose(at)}
        >
          <Line suggestion={suggestion} />
        </div>
      ))}
    </div>
  )
}

function keyOf(suggestion: Suggestion): string {
  return suggestion.kind === 'person' ? suggestion.person.account : suggestion.emoji.unicode
}

function Line({ suggestion }: { readonly suggestion: Suggestion }): ReactNode {
  if (suggestion.kind === 'person') {
    const { account, name } = suggestion.person
    return (
      <>
        <Avatar id={account} name={name} size={24} />
        <bdi className={styles['who']}>{name}</bdi>
        <span className={styles['hint']} dir="ltr">{`${account.slice(0, 4)}…${account.slice(-4)}`}</span>
      </>
    )
  }
  const { shown, emoji, shortcode } = suggestion
  return (
    <>
      <span className={styles['sign']} aria-hidden="true">
        {shown}
      </span>
      <span className={styles['who']}>{emoji.label}</span>
      {shortcode !== undefined && (
        <span className={styles['hint']} dir="ltr">
          {`:${shortcode}:`}
        </span>
      )}
    </>
  )
}
