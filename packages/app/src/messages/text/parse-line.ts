import { type Atom, findAtoms } from './find-atoms.ts'
import { type MentionPlace, type TextPart } from './text-parts.ts'

const kinds = new Map([
  ['*', 'bold'],
  ['_', 'italic'],
  ['~', 'strike'],
] as const)
type Sign = '*' | '_' | '~'

/** Deeper than that it is decoration. */
const MAX_DEPTH = 3
const wordSign = /[\p{L}\p{N}\p{M}]/u

/** Finds links, people, code and emphasis between two places of a text. The time it takes grows with the length only. */
export function parseLine(
  text: string,
  from: number,
  to: number,
  mentions: readonly MentionPlace[],
): readonly TextPart[] {
  return new LineParser(text, findAtoms(text, from, to, mentions)).parse(from, to, 0)
}

class LineParser {
  readonly #text: string
  readonly #atoms: ReadonlyMap<number, Atom>
  /** Up to where each sign is known to close nothing: what was looked through once in vain is not looked through again. */
  readonly #barren = new Map<Sign, number>()

  constructor(text: string, atoms: ReadonlyMap<number, Atom>) {
    this.#text = text
    this.#atoms = atoms
  }

  parse(from: number, to: number, depth: number): readonly TextPart[] {
    const parts: TextPart[] = []
    let plain = from
    const add = (at: number, part: TextPart, next: number): number => {
      if (at > plain) parts.push({ kind: 'text', text: this.#text.slice(plain, at) })
      parts.push(part)
      plain = next
      return next
    }
    for (let at = from; at < to;) {
      const atom = this.#atoms.get(at)
      const end = atom === undefined && depth < MAX_DEPTH ? this.#emphasisEnd(at, from, to) : undefined
      const kind = kinds.get(this.#text[at] as Sign)
      if (atom !== undefined) at = add(at, atom.part, atom.end)
      else if (end !== undefined && kind !== undefined)
        at = add(at, { kind, parts: this.parse(at + 1, end, depth + 1) }, end + 1)
      else at += 1
    }
    if (plain < to) parts.push({ kind: 'text', text: this.#text.slice(plain, to) })
    return parts
  }

  /** Where the emphasis that begins here ends; `undefined` if none does. */
  #emphasisEnd(at: number, from: number, to: number): number | undefined {
    const sign = this.#text[at] as Sign
    if (!kinds.has(sign) || !this.#opens(at, from, to, sign)) return undefined
    if (at < (this.#barren.get(sign) ?? -1)) return undefined
    for (let next = at + 1; next < to; next += 1) {
      const atom = this.#atoms.get(next)
      if (atom !== undefined) next = atom.end - 1
      else if (this.#text[next] === '\n') return this.#inVain(sign, next)
      else if (this.#text[next] === sign && next > at + 1 && this.#closes(next, to, sign)) return next
    }
    return this.#inVain(sign, to)
  }

  #inVain(sign: Sign, end: number): undefined {
    this.#barren.set(sign, end)
  }

  #opens(at: number, from: number, to: number, sign: Sign): boolean {
    const before = at > from ? (this.#text[at - 1] ?? '') : ''
    const after = at + 1 < to ? (this.#text[at + 1] ?? '') : ''
    return !wordSign.test(before) && before !== sign && after !== sign && /^\S$/u.test(after)
  }

  #closes(at: number, to: number, sign: Sign): boolean {
    const before = this.#text[at - 1] ?? ''
    const after = at + 1 < to ? (this.#text[at + 1] ?? '') : ''
    return !/\s/u.test(before) && before !== sign && !wordSign.test(after) && after !== sign
  }
}
