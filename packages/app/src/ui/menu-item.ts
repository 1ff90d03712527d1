import type { LucideIcon } from 'lucide-react'

/** Something to do. With `isSelected` it is a choice that is on or off, shown by a check mark. */
export interface MenuAction {
  readonly id: string
  readonly label: string
  readonly description?: string
  readonly icon?: LucideIcon
  readonly tone?: 'normal' | 'danger'
  readonly isDisabled?: boolean
  readonly isSelected?: boolean
  /** Keys that do the same, as they are written on this platform. */
  readonly shortcut?: string
  readonly onAction: () => void
}

/** More items, beside the menu. */
export interface Submenu {
  readonly id: string
  readonly label: string
  readonly icon?: LucideIcon
  readonly isDisabled?: boolean
  readonly items: readonly MenuItem[]
}

/** A line between groups. */
interface MenuSeparator {
  readonly separator: true
}

/** What menus are made of; ids are unique within one menu. */
export type MenuItem = MenuAction | Submenu | MenuSeparator
