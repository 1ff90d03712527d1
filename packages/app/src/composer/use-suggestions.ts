import { useMemo, useState } from 'react'
import {
  type Emoji,
  inTone,
  noteEmoji,
  searchEmoji,
  shortcodeFor,
  useEmojiIndex,
  useEmojiMemory,
} from '../emoji/index.ts'
import { useLanguage } from '../texts/index.ts'
import { findPeople, type Mentionable } from './people.ts'
import { type Trigger, triggerAt } from './trigger.ts'
import { type Field } from './use-field.ts'

/** One line of the list. */
export type Suggestion =
  | { readonly kind: 'person'; readonly person: Mentionable }
  | { readonly kind: 'emoji'; readonly emoji: Emoji; readonly shown: string; readonly shortcode: string | undefined }

/** What is offered for the word under the caret. */
export interface Suggestions {
  readonly list: readonly Suggestion[]
  readonly active: number
  /** Where the word begins. */
  readonly start: number
  readonly move: (by: 1 | -1) => void
  readonly choose: (at: number) => void
  readonly dismiss: () => void
}

const maxEmoji = 10
const none: readonly Suggestion[] = []

/** Nothing is offered where a selection is, or after the list was closed for this word. */
export function useSuggestions(field: Field, people: readonly Mentionable[]): Suggestions {
  const { value, selection } = field
  const [dismissed, setDismissed] = useState<number>()
  const [moved, setMoved] = useState<{ readonly key: string; readonly at: number }>()
  const trigger = selection.start === selection.end ? triggerAt(value.text, selection.start) : undefined
  const isInsideMention = value.mentions.some(
    ({ start, end }) => trigger !== undefined && trigger.start >= start && trigger.start < end,
  )
  const open = trigger === undefined || isInsideMention || trigger.start === dismissed ? undefined : trigger
  const list = useList(open, people)
  const key = open === undefined ? '' : `${open.start} ${open.query}`
  const active = moved?.key === key && moved.at < list.length ? moved.at : 0
  if (dismissed !== undefined && trigger?.start !== dismissed) setDismissed(undefined)
  return {
    list,
    active,
    start: open?.start ?? 0,
    move: by => setMoved({ key, at: (active + by + list.length) % list.length }),
    dismiss: () => setDismissed(open?.start),
    choose: at => {
      const chosen = list[at]
      if (chosen === undefined || open === undefined) return
      const part = { start: open.start, end: selection.end }
      if (chosen.kind === 'person') return field.insert(part, `@${chosen.person.name} `, chosen.person.account)
      noteEmoji(chosen.shown)
      field.insert(part, `${chosen.shown} `)
    },
  }
}

function useList(trigger: Trigger | undefined, people: readonly Mentionable[]): readonly Suggestion[] {
  const wantsEmoji = trigger?.kind === 'emoji'
  const index = useEmojiIndex(useLanguage(), wantsEmoji)
  const { tone } = useEmojiMemory()
  const kind = trigger?.kind
  const query = trigger?.query ?? ''
  return useMemo(() => {
    if (kind === 'mention') return findPeople(people, query).map(person => ({ kind: 'person', person }))
    if (kind !== 'emoji' || index === undefined) return none
    return searchEmoji(index, query, maxEmoji).map(emoji => ({
      kind: 'emoji',
      emoji,
      shown: inTone(emoji, tone),
      shortcode: shortcodeFor(emoji, query),
    }))
  }, [kind, query, people, index, tone])
}
