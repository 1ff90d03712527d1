import { type ReactElement, type ReactNode, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { MenuTrigger, Popover } from 'react-aria-components/Menu'
import { useText } from '../texts/index.ts'
import { type Point, useContextOpeners } from './context-openers.ts'
import { MenuList } from './menu-list.tsx'
import type { MenuItem } from './menu-item.ts'
import styles from './menu.module.css'

/** Items may be a function, asked when the menu opens: a list of a thousand rows then makes no thousand menus. */
export interface ContextMenuProps {
  readonly items: readonly MenuItem[] | (() => readonly MenuItem[])
  /** Names the menu; "More" without it. */
  readonly label?: string
  readonly isDisabled?: boolean
  readonly children: ReactNode
}

/** Opens by a right click, a long press, Shift+F10 or the menu key on what is inside. Never the only way to an action. */
export function ContextMenu({ items, label, isDisabled = false, children }: ContextMenuProps): ReactElement {
  const text = useText()
  const [point, setPoint] = useState<Point>()
  const handlers = useContextOpeners(setPoint)
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
