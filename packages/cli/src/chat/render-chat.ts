import { type ChatLine, type ChatState, type LineState } from './chat-state.ts'
import { cleanLine, cleanText } from './clean-text.ts'
import { cellsOf, fitCells, wrapCells } from './wrap-cells.ts'

/** The size of a terminal in cells, and whether it knows colours. */
export interface ScreenSize {
  readonly columns: number
  readonly rows: number
  readonly colours: boolean
}

/** A picture of the screen: exactly `rows` lines, and where the cursor stands, both counted from 0. */
export interface Picture {
  readonly lines: readonly string[]
  readonly cursor: { readonly row: number; readonly column: number }
  /** The scroll that the picture shows, where less history was there than asked for. */
  readonly scroll: number
}

/** The composer grows up to here. */
const maxComposerRows = 5
/** Between the messages of one person within this time, the name is not repeated. */
const groupMs = 5 * 60_000

/** Draws a conversation: its title, history, a line about the connection, and what is being written. */
export function renderChat(state: ChatState, size: ScreenSize, formatTime: (sentAt: number) => string): Picture {
  const paint = painter(size.colours)
  const { rows: composer, cursor } = renderComposer(state, size.columns)
  const room = Math.max(1, size.rows - 2 - composer.length)
  const history = renderHistory(state, size.columns, paint, formatTime)
  const scroll = Math.max(0, Math.min(state.scroll, history.length - room))
  const shown = history.slice(Math.max(0, history.length - room - scroll), history.length - scroll)
  const blank = Array.from({ length: Math.max(0, room - shown.length) }, () => '')
  const title = paint('bold', fitCells(cleanLine(state.title), size.columns))
  const status = paint('dim', fitCells(statusOf(state, scroll), size.columns))
  const lines = [title, ...blank, ...shown, status, ...composer].slice(-size.rows)
  return { lines, cursor: { row: lines.length - composer.length + cursor.row, column: cursor.column }, scroll }
}

function statusOf(state: ChatState, scroll: number): string {
  const parts = [
    state.peerTypes ? 'is typing …' : '',
    cleanLine(state.status),
    scroll > 0 ? `${scroll} lines below: Page Down` : '',
  ]
  return parts.filter(part => part !== '').join(' · ')
}

function renderHistory(
  { lines }: ChatState,
  columns: number,
  paint: Paint,
  formatTime: (sentAt: number) => string,
): readonly string[] {
  return lines.flatMap((line, at) => {
    const before = lines[at - 1]
    const joins = before !== undefined && before.author === line.author && line.sentAt - before.sentAt < groupMs
    return [
      ...(joins || line.author === undefined ? [] : ['', headOf(line, columns, paint, formatTime)]),
      ...bodyOf(line, columns, paint, formatTime),
    ]
  })
}

function headOf(
  { author = '', mine, sentAt }: ChatLine,
  columns: number,
  paint: Paint,
  formatTime: (sentAt: number) => string,
): string {
  const time = formatTime(sentAt)
  const name = fitCells(cleanLine(author), Math.max(1, columns - time.length - 1))
  return `${paint(mine ? 'own' : 'other', name)} ${paint('dim', time)}`
}

function bodyOf(
  line: ChatLine,
  columns: number,
  paint: Paint,
  formatTime: (sentAt: number) => string,
): readonly string[] {
  if (line.author === undefined) {
    return wrapCells(`– ${cleanText(line.text)} (${formatTime(line.sentAt)})`, columns).map(each => paint('dim', each))
  }
  const quote = line.quote === undefined ? [] : [paint('dim', fitCells(`  > ${cleanLine(line.quote)}`, columns))]
  const text = wrapCells(cleanText(line.text), columns - 2).map(each => `  ${each}`)
  const mark = marks[line.state]
  const last = text.at(-1) ?? ''
  const end = mark === '' ? [] : cellsOf(last) + cellsOf(mark) + 1 <= columns ? [] : [`  ${paint('dim', mark)}`]
  const marked = mark === '' || end.length > 0 ? text : [...text.slice(0, -1), `${last} ${paint('dim', mark)}`]
  const reactions =
    line.reactions === undefined || line.reactions.length === 0
      ? []
      : [fitCells(`  ${line.reactions.map(cleanLine).join('  ')}`, columns)]
  return [...quote, ...marked, ...end, ...reactions]
}

const marks: Readonly<Record<LineState, string>> = {
  queued: '…',
  sent: '✓',
  read: '✓✓',
  failed: 'not sent',
  received: '',
}

function renderComposer(
  { draft, cursor }: ChatState,
  columns: number,
): { readonly rows: readonly string[]; readonly cursor: { readonly row: number; readonly column: number } } {
  const width = Math.max(1, columns - 3) // the prompt, and the cursor behind the last character
  const rows: string[] = ['']
  let place = { row: 0, column: 0 }
  for (const [at, character] of [...draft, ''].entries()) {
    const row = rows.at(-1) ?? ''
    const cells = character === '\n' ? 0 : cellsOf(character)
    if (cellsOf(row) + cells > width) rows.push('')
    if (at === cursor) place = { row: rows.length - 1, column: cellsOf(rows.at(-1) ?? '') }
    if (character === '\n') rows.push('')
    else rows.push(`${rows.pop() ?? ''}${cleanLine(character)}`)
  }
  const first = Math.max(0, Math.min(place.row - maxComposerRows + 1, rows.length - maxComposerRows))
  const shown = rows.slice(first, first + maxComposerRows)
  return {
    rows: shown.map((row, at) => `${at + first === 0 ? '> ' : '  '}${row}`),
    cursor: { row: place.row - first, column: place.column + 2 },
  }
}

type Style = 'bold' | 'dim' | 'own' | 'other'
type Paint = (style: Style, text: string) => string

const codes: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  own: [36, 39],
  other: [33, 39],
}

function painter(colours: boolean): Paint {
  if (!colours) return (_style, text) => text
  return (style, text) => (text === '' ? '' : `\u{1b}[${codes[style][0]}m${text}\u{1b}[${codes[style][1]}m`)
}
