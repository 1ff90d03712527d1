/** A piece of a text, and whether it was looked for. */
export interface MarkedPart {
  readonly text: string
  readonly isMatch: boolean
}

/** Cuts a text where one of `marks` stands in it; of several that begin at a place the longest counts. */
export function markParts(text: string, marks: readonly string[]): readonly MarkedPart[] {
  const wanted = marks.filter(mark => mark !== '').toSorted((a, b) => b.length - a.length)
  const parts: MarkedPart[] = []
  let plain = 0
  for (let at = 0; at < text.length;) {
    const mark = wanted.find(each => text.startsWith(each, at))
    if (mark === undefined) {
      at += 1
      continue
    }
    if (at > plain) parts.push({ text: text.slice(plain, at), isMatch: false })
    parts.push({ text: mark, isMatch: true })
    at += mark.length
    plain = at
  }
  if (plain < text.length) parts.push({ text: text.slice(plain), isMatch: false })
  return parts
}
