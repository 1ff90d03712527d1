import { type Emoji, type EmojiIndex, searchEmoji } from './emoji-index.ts'

/** A line of the picker: the title of a section, or as many emoji as fit. */
export type PickerRow =
  | { readonly kind: 'title'; readonly section: Section }
  | { readonly kind: 'emoji'; readonly section: Section; readonly emoji: readonly Emoji[] }

/** Groups of the Unicode list by their numbers, before them what was used, and in place of all what was searched for. */
export type Section = 'recent' | 'found' | 0 | 1 | 3 | 4 | 5 | 6 | 7 | 8 | 9

/** In the order in which they are shown. */
const groups = [0, 1, 3, 4, 5, 6, 7, 8, 9] as const
const maxFound = 200

/** Everything, or what a word means. `recent` is what was used, last used first. */
export function pickerRows(
  index: EmojiIndex,
  { query, recent, columns }: { readonly query: string; readonly recent: readonly string[]; readonly columns: number },
): readonly PickerRow[] {
  if (query.trim() !== '') return linesOf('found', searchEmoji(index, query, maxFound), columns)
  const used = new Set(recent.flatMap(unicode => index.byUnicode.get(unicode) ?? []))
  return [
    ...sectionOf('recent', [...used].slice(0, columns * 2), columns),
    ...groups.flatMap(group => sectionOf(group, index.groups.get(group) ?? [], columns)),
  ]
}

function sectionOf(section: Section, emoji: readonly Emoji[], columns: number): readonly PickerRow[] {
  return emoji.length === 0 ? [] : [{ kind: 'title', section }, ...linesOf(section, emoji, columns)]
}

function linesOf(section: Section, emoji: readonly Emoji[], columns: number): readonly PickerRow[] {
  const lines: PickerRow[] = []
  for (let at = 0; at < emoji.length; at += columns) {
    lines.push({ kind: 'emoji', section, emoji: emoji.slice(at, at + columns) })
  }
  return lines
}

/** A place in the grid. */
export interface Cell {
  readonly row: number
  readonly column: number
}

/** Where an arrow key leads, `forward` in the direction of reading; the same place at the ends. */
export function neighbour(
  rows: readonly PickerRow[],
  from: Cell | undefined,
  way: 'forward' | 'back' | 'up' | 'down',
): Cell | undefined {
  if (from === undefined) return lineFrom(rows, -1, 1, 0)
  const { row, column } = from
  if (way === 'up') return lineFrom(rows, row, -1, column) ?? from
  if (way === 'down') return lineFrom(rows, row, 1, column) ?? from
  if (way === 'back') return column > 0 ? { row, column: column - 1 } : (lineFrom(rows, row, -1, Infinity) ?? from)
  return column < lengthOf(rows[row]) - 1 ? { row, column: column + 1 } : (lineFrom(rows, row, 1, 0) ?? from)
}

function lineFrom(rows: readonly PickerRow[], row: number, step: 1 | -1, column: number): Cell | undefined {
  for (let at = row + step; at >= 0 && at < rows.length; at += step) {
    const length = lengthOf(rows[at])
    if (length > 0) return { row: at, column: Math.min(column, length - 1) }
  }
  return undefined
}

function lengthOf(row: PickerRow | undefined): number {
  return row?.kind === 'emoji' ? row.emoji.length : 0
}

/** What is in a place. */
export function emojiAt(rows: readonly PickerRow[], cell: Cell | undefined): Emoji | undefined {
  const row = cell === undefined ? undefined : rows[cell.row]
  return row?.kind === 'emoji' ? row.emoji[cell?.column ?? 0] : undefined
}
