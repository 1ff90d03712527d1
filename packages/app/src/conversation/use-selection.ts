import { useCallback, useMemo, useState } from 'react'
import { type MessageView } from '@sotto/client'

/** As many as can be deleted at once. */
const MAX_CHOSEN = 200

/** The messages that were chosen to do something with all of them. */
export interface Selection {
  /** `undefined` while none are being chosen. */
  readonly chosen: ReadonlySet<number> | undefined
  /** Those of them that are in sight of the list, oldest first. */
  readonly messages: readonly MessageView[]
  readonly begin: () => void
  /** Takes one in, or out; the last one that goes ends it. */
  readonly toggle: (message: MessageView) => void
  readonly end: () => void
}

/** Choosing several messages. */
export function useSelection(messages: readonly MessageView[]): Selection {
  const [chosen, setChosen] = useState<ReadonlyMap<number, MessageView>>()
  const begin = useCallback(() => setChosen(new Map()), [])
  const end = useCallback(() => setChosen(undefined), [])
  const toggle = useCallback((message: MessageView) => {
    setChosen(before => {
      const next = new Map(before)
      if (next.delete(message.id)) return next.size === 0 ? undefined : next
      return next.size < MAX_CHOSEN ? next.set(message.id, message) : before
    })
  }, [])
  return useMemo(() => {
    if (chosen === undefined) return { chosen, messages: [], begin, toggle, end }
    const newest = new Map(messages.map(message => [message.id, message]))
    const current = [...chosen.values()].map(message => newest.get(message.id) ?? message)
    const sorted = current.toSorted((a, b) => (a.position < b.position ? -1 : 1))
    return { chosen: new Set(chosen.keys()), messages: sorted, begin, toggle, end }
  }, [begin, chosen, end, messages, toggle])
}
