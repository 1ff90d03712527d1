import { parseText } from './parse-text.ts'
import { type MentionPlace, type TextPart } from './text-parts.ts'

/** A text as it is read: without the signs of its emphasis, and with names in the place of ids. Lines stay lines. */
export function plainText(text: string, mentions: readonly MentionPlace[]): string {
  return parseText(text, mentions)
    .map(block => (block.kind === 'code' ? block.text : plain(block.parts)))
    .join('\n')
}

function plain(parts: readonly TextPart[]): string {
  return parts.map(plainPart).join('')
}

function plainPart(part: TextPart): string {
  switch (part.kind) {
    case 'mention':
      return `@${part.name ?? part.account.slice(0, 4)}`
    case 'bold':
    case 'italic':
    case 'strike':
      return plain(part.parts)
    default:
      return part.text
  }
}
