import { parseText } from './parse-text.ts'
import { type MentionPlace, type TextPart } from './text-parts.ts'

/** A text as it is read: without the signs of its emphasis, and with names in the place of ids. Lines stay lines. `you` is oneself. */
export function plainText(text: string, mentions: readonly MentionPlace[], you: string): string {
  return parseText(text, mentions)
    .map(block => (block.kind === 'code' ? block.text : plain(block.parts, you)))
    .join('\n')
}

function plain(parts: readonly TextPart[], you: string): string {
  return parts.map(part => plainPart(part, you)).join('')
}

function plainPart(part: TextPart, you: string): string {
  switch (part.kind) {
    case 'mention':
      return `@${part.name ?? you}`
    case 'bold':
    case 'italic':
    case 'strike':
      return plain(part.parts, you)
    default:
      return part.text
  }
}
