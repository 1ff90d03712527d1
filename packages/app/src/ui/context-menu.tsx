import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useRef,
  useState,
} from 'react'
import { Button } from 'react-aria-components/Button'
import { MenuTrigger, Popover } from 'react-aria-components/Menu'
import { useText } from '../texts/index.ts'
import { MenuList } from './menu-list.tsx'
import type { MenuItem } from './menu-item.ts'
import styles from './menu.module.css'

const HOLD_MS = 500
/** A finger that moved further than this scrolls. */
const SLOP_PX = 10

/** Items may be a function, asked when the menu opens: a list of a thousand rows then makes no thousand menus. */
export interface ContextMenuProps {
  readonly items: readonly MenuItem[] | (() => readonly MenuItem[])
  /** Names the menu; "More" without it. */
  readonly label?: string
  readonly isDisabled?: boolean
  readonly children: ReactNode
}

interface Point {
  readonly x: number
  readonly y: number
  readonly byKey: boolean
}

/** Opens by a right click, a long press, Shift+F10 or the menu key on what is inside. Never the only way to an action. */
export function ContextMenu({ items, label, isDisabled = false, children }: ContextMenuProps): ReactElement {
  const text = useText()
  const [point, setPoint] = useState<Point>()
  const handlers = useOpeners(setPoint)
  return (
    <>
      <div className={styles['context']} {...(isDisabled ? {} : handlers)}>
        {children}
      </div>
      {point !== undefined && (
        <MenuTrigger isOpen onOpenChange={open => !open && setPoint(undefined)}>
          <Button
            excludeFromTabOrder
            aria-hidden="true"
            className={styles['anchor'] ?? ''}
            style={{ left: point.x, top: point.y }}
          />
          <Popover className={styles['popover'] ?? ''} placement="bottom start" offset={0}>
            <MenuList
              items={typeof items === 'function' ? items() : items}
              label={label ?? text('ui.more')}
              startsAtFirst={point.byKey}
            />
          </Popover>
        </MenuTrigger>
      )}
    </>
  )
}

interface Openers {
  readonly onContextMenu: (event: MouseEvent) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onPointerDownCapture: (event: PointerEvent) => void
  readonly onPointerMoveCapture: (event: PointerEvent) => void
  readonly onPointerUpCapture: () => void
  readonly onPointerCancelCapture: () => void
}

function useOpeners(open: (point: Point) => void): Openers {
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
      if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return
      event.preventDefault()
      event.stopPropagation()
      open(below(event.target))
    },
    // On the way down: buttons inside keep pointers to themselves.
    onPointerDownCapture: event => {
      letGo()
      if (event.pointerType !== 'touch') return
      const { target, pointerId } = event
      const at = { x: event.clientX, y: event.clientY, byKey: false }
      const openHeld = (): void => {
        // Else the button inside would count it as a press when the finger lifts.
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
  }
}

/** Where a menu opens that no pointer asked for. */
function below(target: EventTarget): Point {
  const box = target instanceof Element ? target.getBoundingClientRect() : new DOMRect()
  const rtl = target instanceof Element && getComputedStyle(target).direction === 'rtl'
  return { x: rtl ? box.right - 16 : box.left + 16, y: box.bottom - Math.min(8, box.height / 2), byKey: true }
}
