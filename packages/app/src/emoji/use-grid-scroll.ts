import { type RefObject, useCallback, useMemo, useRef } from 'react'
import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import { type PickerRow, type Section } from './picker-rows.ts'
import { type PickerSize } from './picker-size.ts'

/** The scrolled part of the picker, of which only lines in sight exist. */
export interface GridScroll {
  readonly ref: RefObject<HTMLDivElement | null>
  readonly items: readonly VirtualItem[]
  /** CSS pixels. */
  readonly height: number
  /** What is at the top. */
  readonly section: Section | undefined
  readonly toTop: () => void
  readonly toRow: (row: number) => void
  readonly toSection: (section: Section) => void
}

/** Lines have heights that are known, so that all of it has its full length from the start. */
export function useGridScroll(rows: readonly PickerRow[], { cellRem, rem, titleRem }: PickerSize): GridScroll {
  const ref = useRef<HTMLDivElement>(null)
  const heightOf = useCallback(
    (at: number) => (rows[at]?.kind === 'title' ? titleRem : cellRem) * rem,
    [rows, rem, cellRem, titleRem],
  )
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => ref.current,
    estimateSize: heightOf,
    overscan: 4,
    initialRect: { width: 0, height: 18 * rem },
  })
  const top = virtual.scrollOffset ?? 0
  const items = virtual.getVirtualItems()
  const first = items.find(item => item.end > top + 1)
  const section = first === undefined ? undefined : rows[first.index]?.section
  return useMemo(
    () => ({
      ref,
      items,
      height: virtual.getTotalSize(),
      section,
      toTop: () => virtual.scrollToOffset(0),
      toRow: row => virtual.scrollToIndex(row, { align: 'auto' }),
      toSection: wanted => {
        const at = rows.findIndex(row => row.section === wanted)
        if (at >= 0) virtual.scrollToIndex(at, { align: 'start' })
      },
    }),
    [items, rows, section, virtual],
  )
}
