import { type KeyboardEvent, type MouseEvent, type PointerEvent, useRef } from 'react'

const HOLD_MS = 500
/** A finger that moved further than this scrolls. */
const SLOP_PX = 10

/** Where a menu opens, in CSS pixels of the window; one that keys opened starts at its first item. */
export interface Point {
  readonly x: number
  readonly y: number
  readonly byKey: boolean
}

/** For an element around whatever has the menu. */
export interface ContextOpeners {
  readonly onContextMenu: (event: MouseEvent) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onPointerDownCapture: (event: PointerEvent) => void
  readonly onPointerMoveCapture: (event: PointerEvent) => void
  readonly onPointerUpCapture: () => void
  readonly onPointerCancelCapture: () => void
  readonly onClickCapture: (event: MouseEvent) => void
}

/** Listens for a right click, a long press, Shift+F10 and the menu key. */
export function useContextOpeners(open: (point: Point) => void): ContextOpeners {
  const wasHeld = useRef(false)
  const hold = useRef<{ readonly timer: number; readonly at: Point }>(undefined)
  const letGo = (): void => {
    if (hold.current !== undefined) window.clearTimeout(hold.current.timer)
    hold.current = undefined
  }
  return {
    onContextMenu: event => {
      event.preventDefault()
      event.stopPropagation()
      letGo()
      const atPointer = event.clientX !== 0 || event.clientY !== 0
      open(atPointer ? { x: event.clientX, y: event.clientY, byKey: false } : below(event.target))
    },
    onKeyDown: event => {
      wasHeld.current = false
      if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return
      event.preventDefault()
      event.stopPropagation()
      open(below(event.target))
    },
    // On the way down: buttons inside keep pointers to themselves.
    onPointerDownCapture: event => {
      letGo()
      wasHeld.current = false
      if (event.pointerType !== 'touch') return
      const { target, pointerId } = event
      const at = { x: event.clientX, y: event.clientY, byKey: false }
      const openHeld = (): void => {
        // Else what is inside would count it as a press when the finger lifts: our buttons, and below the others.
        wasHeld.current = true
        target.dispatchEvent(
          new window.PointerEvent('pointercancel', { bubbles: true, pointerId, pointerType: 'touch' }),
        )
        open(at)
      }
      hold.current = { at, timer: window.setTimeout(openHeld, HOLD_MS) }
    },
    onPointerMoveCapture: ({ clientX, clientY }) => {
      const at = hold.current?.at
      if (at !== undefined && Math.hypot(clientX - at.x, clientY - at.y) > SLOP_PX) letGo()
    },
    onPointerUpCapture: letGo,
    onPointerCancelCapture: letGo,
    onClickCapture: event => {
      if (!wasHeld.current) return
      wasHeld.current = false
      event.preventDefault()
      event.stopPropagation()
    },
  }
}

/** Where a menu opens that no pointer asked for. */
function below(target: EventTarget): Point {
  const box = target instanceof Element ? target.getBoundingClientRect() : new DOMRect()
  const rtl = target instanceof Element && getComputedStyle(target).direction === 'rtl'
  return { x: rtl ? box.right - 16 : box.left + 16, y: box.bottom - Math.min(8, box.height / 2), byKey: true }
}
