import { type KeyboardEvent, type RefObject } from 'react'
import { type MessageView } from '@sotto/client'
import { type MessageActions } from './messages-context.ts'
import { type ScrollKeeper } from './scroll-keeper.ts'
import { mayBeSaved } from './message-rights.ts'
import { messageOf } from './use-row-gestures.ts'

interface RowKeysOptions {
  readonly messages: RefObject<readonly MessageView[]>
  readonly keeper: RefObject<ScrollKeeper | undefined>
  readonly actions: MessageActions
  readonly canReply: (message: MessageView) => boolean
  readonly toStart: () => void
  readonly toEnd: () => void
}

/** Arrow keys go from message to message, and keys act on the one that has the focus. Spec 50 §15. */
export function useRowKeys(options: RowKeysOptions): (event: KeyboardEvent) => void {
  return event => {
    // Keys inside of controls and dialogs are theirs.
    const isOwn = event.target === event.currentTarget || isRow(event.target)
    if (!isOwn || event.defaultPrevented) return
    if (handle(event, options)) event.preventDefault()
  }
}

function isRow(target: EventTarget): target is HTMLElement {
  return target instanceof HTMLElement && target.dataset['message'] !== undefined
}

function handle(event: KeyboardEvent, options: RowKeysOptions): boolean {
  const { keeper, toEnd, toStart } = options
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey
  if (isPlain) {
    switch (event.key) {
      case 'ArrowUp':
        return move(event, options, -1)
      case 'ArrowDown':
        return move(event, options, 1)
      case 'PageUp':
        return done(() => keeper.current?.byScreens(-1))
      case 'PageDown':
        return done(() => keeper.current?.byScreens(1))
      case 'Home':
        return done(toStart)
      case 'End':
        return done(toEnd)
    }
  }
  return onMessage(event, options)
}

function done(work: () => void): boolean {
  work()
  return true
}

function onMessage(event: KeyboardEvent, { actions, canReply, messages }: RowKeysOptions): boolean {
  const message = messageOf(messages.current, event.target)
  if (message === undefined || !(event.target instanceof HTMLElement)) return false
  const row = event.target
  const showMenu = (): boolean =>
    done(() => {
      const box = row.getBoundingClientRect()
      actions.showMenu(message, { x: box.left + Math.min(48, box.width / 4), y: Math.max(8, box.bottom - 8) })
    })
  const isControl = event.ctrlKey || event.metaKey
  const key = event.key.toLowerCase()
  if (isControl && event.shiftKey && key === 'e') return showMenu()
  if (isControl && event.shiftKey && key === 'r') return canReply(message) && done(() => actions.reply(message))
  if (isControl && !event.shiftKey && key === 's' && mayBeSaved(message)) return done(() => actions.save(message))
  const hasSelection = (getSelection()?.toString() ?? '') !== ''
  if (isControl && key === 'c' && !hasSelection) return done(() => actions.copy(message))
  if (isControl || event.shiftKey || event.altKey) return false
  if (key === 'enter' || key === ' ' || key === 'contextmenu') return showMenu()
  return (key === 'delete' || key === 'backspace') && done(() => actions.remove([message]))
}

function move({ target }: KeyboardEvent, { keeper, messages }: RowKeysOptions, step: 1 | -1): boolean {
  const shown = messages.current
  const here = messageOf(shown, target)
  const at = here === undefined ? undefined : shown.indexOf(here)
  const newest = keeper.current?.newestSeen()
  const next = at === undefined ? shown.find(({ id }) => id === newest) : shown[at + step]
  const row = next && keeper.current?.find(String(next.id))
  row?.focus({ preventScroll: true })
  row?.scrollIntoView({ block: 'nearest' })
  return row !== undefined
}
