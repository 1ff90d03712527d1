import { type CSSProperties, memo, type ReactNode } from 'react'
import { useText } from '../texts/index.ts'
import { classes } from '../ui/index.ts'
import { type Emoji, inTone } from './emoji-index.ts'
import { type SkinTone } from './emoji-memory.ts'
import { type Cell, type PickerRow } from './picker-rows.ts'
import { type PickerSize } from './picker-size.ts'
import { sectionKey } from './section-look.ts'
import styles from './picker.module.css'
import { type GridScroll } from './use-grid-scroll.ts'

interface PickerGridProps {
  readonly id: string
  readonly rows: readonly PickerRow[]
  readonly grid: GridScroll
  readonly size: PickerSize
  readonly active: Cell | undefined
  readonly tone: SkinTone
  readonly onActive: (cell: Cell | undefined) => void
  readonly onPick: (emoji: Emoji) => void
}

/** The name of the element of a place: the search field points at it, which keeps the focus. */
export function cellId(grid: string, { row, column }: Cell): string {
  return `${grid}-${row}-${column}`
}

/** All lines, of which those in sight are there. */
export function PickerGrid({ id, rows, grid, size, active, tone, onActive, onPick }: PickerGridProps): ReactNode {
  const text = useText()
  return (
    <div
      ref={grid.ref}
      id={id}
      role="grid"
      aria-label={text('emoji.title')}
      aria-rowcount={rows.length}
      className={styles['scroll']}
      tabIndex={0}
      onPointerLeave={() => onActive(undefined)}
    >
      <div role="rowgroup" className={styles['lines']} style={styleOf(grid, size)}>
        {grid.items.map(({ index, start }) => {
          const row = rows[index]
          if (row === undefined) return null
          return (
            <div
              key={index}
              role="row"
              aria-rowindex={index + 1}
              className={styles['line']}
              style={{ translate: `0 ${start}px` }}
            >
              {row.kind === 'title' ? (
                <span role="rowheader" className={styles['title']}>
                  {text(sectionKey(row.section))}
                </span>
              ) : (
                <Line
                  gridId={id}
                  index={index}
                  emoji={row.emoji}
                  column={active?.row === index ? active.column : undefined}
                  tone={tone}
                  onActive={onActive}
                  onPick={onPick}
                />
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function styleOf({ height }: GridScroll, { cellRem, columns }: PickerSize): CSSProperties {
  return { blockSize: `${height}px`, '--cell': `${cellRem}rem`, '--columns': columns } as CSSProperties
}

interface LineProps {
  readonly gridId: string
  readonly index: number
  readonly emoji: readonly Emoji[]
  readonly column: number | undefined
  readonly tone: SkinTone
  readonly onActive: (cell: Cell) => void
  readonly onPick: (emoji: Emoji) => void
}

const Line = memo(function Line({ gridId, index, emoji, column, tone, onActive, onPick }: LineProps): ReactNode {
  return emoji.map((each, at) => (
    // Keys come by way of the search field, which keeps the focus.
    <span
      key={each.unicode}
      id={cellId(gridId, { row: index, column: at })}
      role="gridcell"
      aria-label={each.label}
      aria-selected={column === at}
      className={classes(styles['cell'], column === at && styles['active'])}
      onPointerMove={() => onActive({ row: index, column: at })}
      onPointerDown={event => event.preventDefault()}
      onClick={() => onPick(each)}
    >
      {inTone(each, tone)}
    </span>
  ))
})
