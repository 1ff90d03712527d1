import { type ReactNode, useDeferredValue, useId, useMemo, useState } from 'react'
import { useLanguage, useText } from '../texts/index.ts'
import { Spinner } from '../ui/index.ts'
import { type EmojiPickerProps } from './emoji-picker-props.ts'
import { type Emoji, type EmojiIndex, inTone } from './emoji-index.ts'
import { useEmojiIndex } from './emoji-library.ts'
import { noteEmoji, useEmojiMemory } from './emoji-store.ts'
import { PickerFoot } from './picker-foot.tsx'
import { cellId, PickerGrid } from './picker-grid.tsx'
import { type Cell, emojiAt, pickerRows } from './picker-rows.ts'
import { PickerSearch } from './picker-search.tsx'
import { pickerSize } from './picker-size.ts'
import styles from './picker.module.css'
import { SectionBar } from './section-bar.tsx'
import { useGridScroll } from './use-grid-scroll.ts'

/** The picker once its code is there. */
export function Picker(props: EmojiPickerProps): ReactNode {
  const text = useText()
  const index = useEmojiIndex(useLanguage(), true)
  if (index === undefined) return <Spinner label={text('emoji.loading')} />
  return <Loaded {...props} index={index} />
}

function Loaded({ index, onPick, onClose }: EmojiPickerProps & { readonly index: EmojiIndex }): ReactNode {
  const text = useText()
  const memory = useEmojiMemory()
  // What was used stays in its place while the picker is open.
  const [{ recent }] = useState(memory)
  const [size] = useState(pickerSize)
  const { columns } = size
  const [query, setQuery] = useState('')
  const [active, setActive] = useState<Cell>()
  const searched = useDeferredValue(query)
  const rows = useMemo(
    () => pickerRows(index, { query: searched, recent, columns }),
    [index, searched, recent, columns],
  )
  const grid = useGridScroll(rows, size)
  const gridId = useId()
  const pick = (emoji: Emoji | undefined): void => {
    if (emoji === undefined) return
    const shown = inTone(emoji, memory.tone)
    noteEmoji(shown)
    onPick(shown)
  }
  const isFound = query !== ''
  const shown = active ?? (isFound ? { row: 0, column: 0 } : undefined)
  const activeEmoji = emojiAt(rows, shown)
  return (
    <>
      <PickerSearch
        query={query}
        onQuery={next => {
          setQuery(next)
          setActive(undefined)
          grid.toTop()
        }}
        rows={rows}
        active={shown}
        hasMoved={active !== undefined}
        onActive={cell => {
          setActive(cell)
          grid.toRow(cell.row)
        }}
        gridId={gridId}
        activeId={shown === undefined || activeEmoji === undefined ? undefined : cellId(gridId, shown)}
        onPick={() => pick(activeEmoji)}
        onClose={onClose}
      />
      {!isFound && <SectionBar rows={rows} current={grid.section} onChoose={grid.toSection} />}
      <PickerGrid
        id={gridId}
        rows={rows}
        grid={grid}
        size={size}
        active={shown}
        tone={memory.tone}
        onActive={setActive}
        onPick={pick}
      />
      {rows.length === 0 && (
        <p className={styles['none']} role="status">
          {text('emoji.none')}
        </p>
      )}
      <PickerFoot emoji={activeEmoji} tone={memory.tone} />
    </>
  )
}
