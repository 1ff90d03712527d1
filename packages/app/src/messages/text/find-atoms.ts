import { findLinks } from '../../links/find-links.ts'
import { type MentionPlace, type TextPart } from './text-parts.ts'

/** A piece of a text in which signs have no meaning. Positions are in UTF-16 units of the whole text. */
export interface Atom {
  readonly start: number
  readonly end: number
  readonly part: TextPart
}

const code = /`([^`\n]+)`/g

/** Code, links and people between two places of a text, by where they begin; of two that overlap the first one counts. */
export function findAtoms(
  text: string,
  from: number,
  to: number,
  mentions: readonly MentionPlace[],
): ReadonlyMap<number, Atom> {
  const piece = text.slice(from, to)
  const found: Atom[] = [
    ...[...piece.matchAll(code)].map(({ 0: all, 1: inner = '', index }) => ({
      start: from + index,
      end: from + index + all.length,
      part: { kind: 'code' as const, text: inner },
    })),
    ...findLinks(piece).map(({ end, start, url }) => ({
      start: from + start,
      end: from + end,
      part: { kind: 'link' as const, text: piece.slice(start, end), url },
    })),
    ...mentions
      .filter(({ length, start }) => start >= from && start + length <= to)
      .map(place => mentionAtom(text, place)),
  ]
  const atoms = new Map<number, Atom>()
  let at = from
  for (const atom of found.toSorted((a, b) => a.start - b.start)) {
    if (atom.start < at) continue
    atoms.set(atom.start, atom)
    at = atom.end
  }
  return atoms
}

function mentionAtom(text: string, { account, length, name, start }: MentionPlace): Atom {
  const part = { kind: 'mention' as const, text: text.slice(start, start + length), account, name }
  return { start, end: start + length, part }
}
