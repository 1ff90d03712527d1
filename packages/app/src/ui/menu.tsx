import type { ReactElement } from 'react'
import { MenuTrigger, Popover } from 'react-aria-components/Menu'
import { MenuList } from './menu-list.tsx'
import type { MenuItem } from './menu-item.ts'
import styles from './menu.module.css'

/** `trigger` is one of our buttons; it names the menu. */
export interface MenuProps {
  readonly trigger: ReactElement
  readonly items: readonly MenuItem[]
  readonly placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end'
  readonly onOpenChange?: (isOpen: boolean) => void
}

/** Actions behind a button. */
export function Menu({ trigger, items, placement = 'bottom end', onOpenChange }: MenuProps): ReactElement {
  return (
    <MenuTrigger {...(onOpenChange === undefined ? {} : { onOpenChange })}>
      {trigger}
      <Popover className={styles['popover'] ?? ''} placement={placement} offset={4}>
        <MenuList items={items} />
      </Popover>
    </MenuTrigger>
  )
}
