import { type MouseEvent, type PointerEvent, type RefObject, useRef } from 'react'
import { type MessageView } from '@sotto/client'
import { type MessageActions, type Point, type ShownLink } from './messages-context.ts'

const HOLD_MS = 500
/** A finger that moved further than this does something else. */
const SLOP_PX = 10
const SWIPE_PX = 56
const MAX_SWIPE_PX = 80

interface Touch {
  readonly id: number
  readonly start: Point
  readonly row: HTMLElement
  hold: ReturnType<typeof setTimeout> | undefined
  swipe: number | undefined
}

/** What the list listens for, on behalf of all of its rows. */
export interface RowGestures {
  onContextMenu(event: MouseEvent): void
  onDoubleClick(event: MouseEvent): void
  onPointerDown(event: PointerEvent): void
  onPointerMove(event: PointerEvent): void
  onPointerUp(event: PointerEvent): void
  onPointerCancel(): void
}

interface RowGesturesOptions {
  readonly messages: RefObject<readonly MessageView[]>
  readonly actions: MessageActions
  readonly canReply: (message: MessageView) => boolean
  readonly isSelecting: boolean
}

/** Right click and long press open the menu of a message, a double click and a swipe to the side reply to it. */
export function useRowGestures({ actions, canReply, isSelecting, messages }: RowGesturesOptions): RowGestures {
  const touch = useRef<Touch>(undefined)
  const messageAt = (target: EventTarget): MessageView | undefined => messageOf(messages.current, target)
  const end = (): void => {
    clearTimeout(touch.current?.hold)
    touch.current?.row.style.removeProperty('translate')
    touch.current = undefined
  }
  return {
    onContextMenu: event => {
      const message = messageAt(event.target)
      if (message === undefined || isSelecting) return
      event.preventDefault()
      end()
      actions.showMenu(message, pointOf(event), linkAt(event.target))
    },
    onDoubleClick: event => {
      const message = messageAt(event.target)
      const isControl = event.target instanceof Element && event.target.closest('button, input') !== null
      const isWord = (getSelection()?.toString() ?? '') !== ''
      if (message !== undefined && !isControl && !isWord && !isSelecting && canReply(message)) actions.reply(message)
    },
    onPointerDown: event => {
      end()
      const message = messageAt(event.target)
      const row = rowOf(event.target)?.querySelector('[data-swipe]')
      if (event.pointerType !== 'touch' || message === undefined || isSelecting || !(row instanceof HTMLElement)) return
      const start = { x: event.clientX, y: event.clientY }
      const link = linkAt(event.target)
      const hold = setTimeout(() => actions.showMenu(message, start, link), HOLD_MS)
      touch.current = { id: message.id, start, row, hold, swipe: undefined }
    },
    onPointerMove: event => {
      const now = touch.current
      if (now === undefined) return
      const x = (event.clientX - now.start.x) * (getComputedStyle(now.row).direction === 'rtl' ? -1 : 1)
      const y = Math.abs(event.clientY - now.start.y)
      if (Math.hypot(x, y) > SLOP_PX) clearTimeout(now.hold)
      if (now.swipe === undefined && (x < SLOP_PX || y > x / 2)) return
      now.swipe = Math.max(0, Math.min(MAX_SWIPE_PX, x))
      const sign = getComputedStyle(now.row).direction === 'rtl' ? -1 : 1
      now.row.style.translate = `${sign * now.swipe}px`
    },
    onPointerUp: () => {
      const now = touch.current
      end()
      const message = messages.current.find(({ id }) => id === now?.id)
      if (message !== undefined && (now?.swipe ?? 0) >= SWIPE_PX && canReply(message)) actions.reply(message)
    },
    onPointerCancel: end,
  }
}

function rowOf(target: EventTarget): HTMLElement | undefined {
  const row = target instanceof Element ? target.closest('[data-message]') : null
  return row instanceof HTMLElement ? row : undefined
}

/** The message whose row something stands in. */
export function messageOf(messages: readonly MessageView[], target: EventTarget): MessageView | undefined {
  const id = Number(rowOf(target)?.dataset['message'])
  return messages.find(message => message.id === id)
}

/** Opened by keys, a menu stands at its message. */
function pointOf({ clientX, clientY, target }: MouseEvent): Point {
  if (clientX !== 0 || clientY !== 0) return { x: clientX, y: clientY }
  const box = rowOf(target)?.getBoundingClientRect() ?? new DOMRect()
  return { x: box.left + Math.min(48, box.width / 4), y: box.top + Math.min(48, box.height) }
}

function linkAt(target: EventTarget): ShownLink | undefined {
  const link = target instanceof Element ? target.closest('[data-link]') : null
  const url = link instanceof HTMLElement ? link.dataset['link'] : undefined
  return url === undefined ? undefined : { url, text: link?.textContent ?? url }
}
