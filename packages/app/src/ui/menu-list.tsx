import { Check, ChevronRight } from 'lucide-react'
import type { ReactElement } from 'react'
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection,
  Popover,
  Separator,
  SubmenuTrigger,
} from 'react-aria-components/Menu'
import { classes } from './classes.ts'
import { Icon } from './icon.tsx'
import type { MenuAction, MenuItem, Submenu } from './menu-item.ts'
import styles from './menu.module.css'

/** A list of items without what opens it; inside a popover of a menu only. */
export interface MenuListProps {
  readonly items: readonly MenuItem[]
  readonly label?: string
  /** Focuses the first item, for a menu that keys opened; otherwise none is until a key is pressed. */
  readonly startsAtFirst?: boolean
}

/** The items of a menu, choices grouped so that they are read out as such. */
export function MenuList({ items, label, startsAtFirst = false }: MenuListProps): ReactElement {
  return (
    <AriaMenu
      className={styles['list'] ?? ''}
      shouldFocusWrap
      {...(startsAtFirst ? { autoFocus: 'first' as const } : {})}
      {...(label === undefined ? {} : { 'aria-label': label })}
    >
      {runs(items).map((run, at) => (
        // The order of a menu does not change while it is open.
        <Run key={`${at}`} run={run} />
      ))}
    </AriaMenu>
  )
}

type Run = MenuItem | readonly MenuAction[]

/** Neighbouring choices become one run. */
function runs(items: readonly MenuItem[]): readonly Run[] {
  const result: (MenuItem | MenuAction[])[] = []
  for (const item of items) {
    const last = result.at(-1)
    if (!isChoice(item)) result.push(item)
    else if (Array.isArray(last)) last.push(item)
    else result.push([item])
  }
  return result
}

function isChoice(item: MenuItem): item is MenuAction {
  return 'onAction' in item && item.isSelected !== undefined
}

function Run({ run }: { readonly run: Run }): ReactElement {
  if (!('length' in run)) return <Item item={run} />
  const selected = run.filter(item => item.isSelected === true).map(item => item.id)
  return (
    <MenuSection selectionMode="multiple" selectedKeys={selected} shouldCloseOnSelect>
      {run.map(item => (
        <Action key={item.id} item={item} />
      ))}
    </MenuSection>
  )
}

function Item({ item }: { readonly item: MenuItem }): ReactElement {
  if ('separator' in item) return <Separator className={styles['separator'] ?? ''} />
  return 'items' in item ? <More item={item} /> : <Action item={item} />
}

function Action({ item }: { readonly item: MenuAction }): ReactElement {
  const { id, label, description, icon, tone = 'normal', isDisabled = false, isSelected, shortcut, onAction } = item
  return (
    <AriaMenuItem
      id={id}
      textValue={label}
      isDisabled={isDisabled}
      onAction={() => onAction()}
      className={classes(styles['item'], tone === 'danger' && styles['danger'])}
    >
      {icon !== undefined && <Icon icon={icon} size={18} />}
      <span className={styles['words']}>
        <span>{label}</span>
        {description !== undefined && <span className={styles['description']}>{description}</span>}
      </span>
      {shortcut !== undefined && <span className={styles['shortcut']}>{shortcut}</span>}
      {isSelected !== undefined && (
        <span className={styles['end']}>{isSelected && <Icon icon={Check} size={16} />}</span>
      )}
    </AriaMenuItem>
  )
}

function More({ item }: { readonly item: Submenu }): ReactElement {
  const { id, label, icon, isDisabled = false, items } = item
  return (
    <SubmenuTrigger>
      <AriaMenuItem id={id} textValue={label} isDisabled={isDisabled} className={styles['item'] ?? ''}>
        {icon !== undefined && <Icon icon={icon} size={18} />}
        <span className={styles['words']}>
          <span>{label}</span>
        </span>
        <span className={styles['end']}>
          <Icon icon={ChevronRight} size={16} mirrored />
        </span>
      </AriaMenuItem>
      <Popover className={styles['popover'] ?? ''} offset={-2} crossOffset={-5}>
        <MenuList items={items} />
      </Popover>
    </SubmenuTrigger>
  )
}
