import stringWidth from 'string-width'

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** What a person takes for single characters. */
export function splitGraphemes(text: string): readonly string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment)
}

/** How many cells of a terminal a text takes. */
export function cellsOf(text: string): number {
  return stringWidth(text)
}

/**
 * Breaks a text into lines of at most `width` cells: at line feeds, else at spaces, else between characters. A character that
 * is wider than a line has a line of its own.
 */
export function wrapCells(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap(line => wrapLine(line, Math.max(1, width)))
}

function wrapLine(line: string, width: number): readonly string[] {
  const lines: string[] = []
  let current = ''
  let cells = 0
  let breakAt = -1 // in `current`, behind its last space
  for (const character of splitGraphemes(line)) {
    const size = cellsOf(character)
    if (cells + size > width && current !== '') {
      const [done, rest] =
        breakAt > 0 && character !== ' ' ? [current.slice(0, breakAt), current.slice(breakAt)] : [current, '']
      lines.push(done.trimEnd())
      current = rest
      cells = cellsOf(rest)
      breakAt = -1
    }
    if (character === ' ' && current === '' && lines.length > 0) continue // no line begins with the space that broke it
    current += character
    cells += size
    if (character === ' ') breakAt = current.length
  }
  lines.push(current)
  return lines
}

/** The beginning of a text that fits, with an ellipsis where something is missing. */
export function fitCells(text: string, width: number): string {
  if (cellsOf(text) <= width) return text
  let fitting = ''
  let cells = 0
  for (const character of splitGraphemes(text)) {
    cells += cellsOf(character)
    if (cells > width - 1) break
    fitting += character
  }
  return width < 1 ? '' : `${fitting}…`
}
