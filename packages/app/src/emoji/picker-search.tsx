import { Search } from 'lucide-react'
import { type KeyboardEvent, type ReactNode } from 'react'
import { useText } from '../texts/index.ts'
import { Icon } from '../ui/index.ts'
import { type Cell, neighbour, type PickerRow } from './picker-rows.ts'
import styles from './picker.module.css'

interface PickerSearchProps {
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly rows: readonly PickerRow[]
  readonly active: Cell | undefined
  /** Somebody went into the grid: arrows to the sides belong to it, not to the text. */
  readonly hasMoved: boolean
  readonly onActive: (cell: Cell) => void
  readonly gridId: string
  readonly activeId: string | undefined
  readonly onPick: () => void
  readonly onClose: () => void
}

/** Has the focus all the time; arrows move in the grid below. */
export function PickerSearch(props: PickerSearchProps): ReactNode {
  const { query, onQuery, gridId, activeId } = props
  const text = useText()
  return (
    <label className={styles['search']}>
      <Icon icon={Search} size={16} />
      <input
        type="text"
        role="combobox"
        aria-label={text('emoji.search')}
        aria-autocomplete="list"
        aria-expanded="true"
        aria-controls={gridId}
        aria-haspopup="grid"
        {...(activeId === undefined ? {} : { 'aria-activedescendant': activeId })}
        placeholder={text('emoji.search')}
        value={query}
        maxLength={60}
        autoComplete="off"
        spellCheck={false}
        // On touch screens the keyboard would cover what there is to choose from.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus={matchMedia('(hover: hover)').matches}
        onChange={event => onQuery(event.target.value)}
        onKeyDown={event => onKey(event, props)}
      />
    </label>
  )
}

function onKey(event: KeyboardEvent<HTMLInputElement>, props: PickerSearchProps): void {
  if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return
  if (event.key === 'Escape') props.onClose()
  else if (event.key === 'Enter') props.onPick()
  else if (!move(event, props)) return
  event.preventDefault()
  event.stopPropagation()
}

function move(
  event: KeyboardEvent<HTMLInputElement>,
  { rows, active, hasMoved, onActive }: PickerSearchProps,
): boolean {
  const way = wayOf(event)
  if (way === undefined || ((way === 'forward' || way === 'back') && !hasMoved)) return false
  const next = neighbour(rows, active, way)
  if (next !== undefined) onActive(next)
  return true
}

function wayOf(event: KeyboardEvent<HTMLInputElement>): Parameters<typeof neighbour>[2] | undefined {
  const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl'
  switch (event.key) {
    case 'ArrowDown':
      return 'down'
    case 'ArrowUp':
      return 'up'
    case 'ArrowRight':
      return isRtl ? 'back' : 'forward'
    case 'ArrowLeft':
      return isRtl ? 'forward' : 'back'
    default:
      return undefined
  }
}
