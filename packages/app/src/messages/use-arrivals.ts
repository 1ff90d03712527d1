import { useEffect, useRef } from 'react'
import { attachmentWords } from '../attachments/index.ts'
import { useText } from '../texts/index.ts'
import { useAnnounce } from '../ui/index.ts'
import { isSaid } from './layout-rows.ts'
import { type WindowState } from './message-window.ts'
import { useMessages } from './messages-context.ts'

/** Longer texts are read by going there. */
const MAX_UNITS = 200

/** Tells screen readers of messages that come while the conversation is open. */
export function useArrivals({ hasNewer, isReady, messages }: WindowState): void {
  const text = useText()
  const announce = useAnnounce()
  const { name } = useMessages()
  /** The newest receipt that is known of; `undefined` before the first answer. */
  const known = useRef<number>(undefined)
  useEffect(() => {
    if (!isReady || hasNewer) return
    const newest = messages.reduce((last, { receivedAt }) => Math.max(last, receivedAt), 0)
    const before = known.current
    known.current = newest
    if (before === undefined) return
    const came = messages.filter(each => !each.outgoing && isSaid(each) && each.receivedAt > before)
    const last = came.at(-1)
    if (last === undefined) return
    const kinds = last.attachments.map(({ kind }) => kind)
    const body = last.body?.slice(0, MAX_UNITS) || attachmentWords(text, kinds)
    announce(body === '' ? text('messages.new-other', { name }) : text('messages.new', { name, body }))
  }, [announce, hasNewer, isReady, messages, name, text])
}
