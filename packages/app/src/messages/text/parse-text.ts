import { parseLine } from './parse-line.ts'
import { type MentionPlace, type TextBlock } from './text-parts.ts'

const fence = '```'

/**
 * Reads a text the way people write emphasis in chats: `*bold*`, `_italic_`, `~struck~`, code between back quotes, blocks
 * between three of them, and quoted lines behind `>`. Everything else is text; nothing is ever lost but these signs.
 */
export function parseText(text: string, mentions: readonly MentionPlace[]): readonly TextBlock[] {
  const blocks: TextBlock[] = []
  let at = 0
  while (at < text.length) {
    const open = text.indexOf(fence, at)
    const close = open < 0 ? -1 : text.indexOf(fence, open + fence.length)
    if (close < 0 || close === open + fence.length) break
    addLines(blocks, text, at, lineEndBefore(text, open, at), mentions)
    blocks.push({ kind: 'code', text: withoutOuterBreaks(text.slice(open + fence.length, close)) })
    at = close + fence.length
    if (text[at] === '\n') at += 1
  }
  addLines(blocks, text, at, text.length, mentions)
  return blocks
}

/** The line break in front of a block is the block itself. */
function lineEndBefore(text: string, open: number, from: number): number {
  return open > from && text[open - 1] === '\n' ? open - 1 : open
}

function withoutOuterBreaks(code: string): string {
  return code.replace(/^\n/, '').replace(/\n$/, '')
}

/** Lines between two places: those that quote become blocks of their own. */
function addLines(
  blocks: TextBlock[],
  text: string,
  from: number,
  to: number,
  mentions: readonly MentionPlace[],
): void {
  let paragraph = from
  const endParagraph = (end: number): void => {
    if (end > paragraph) blocks.push({ kind: 'paragraph', parts: parseLine(text, paragraph, end, mentions) })
  }
  for (let at = from; at < to;) {
    const lineEnd = endOfLine(text, at, to)
    if (text[at] !== '>') {
      at = lineEnd + 1
      continue
    }
    endParagraph(Math.max(paragraph, at - 1))
    const begin = text[at + 1] === ' ' ? at + 2 : at + 1
    blocks.push({ kind: 'quote', parts: parseLine(text, Math.min(begin, lineEnd), lineEnd, mentions) })
    at = lineEnd + 1
    paragraph = at
  }
  endParagraph(to)
}

function endOfLine(text: string, at: number, to: number): number {
  const found = text.indexOf('\n', at)
  return found < 0 || found > to ? to : found
}
