/** Where a link stands in a text, in UTF-16 units, and where it leads. */
export interface FoundLink {
  readonly start: number
  readonly end: number
  /** As the browser will ask for it. */
  readonly url: string
}

/** More than a person reads; the rest stays text. */
const MAX_LINKS = 100
const MAX_UNITS = 2048

const pattern = /(?<![\p{L}\p{N}])(?:https?:\/\/|www\.)[^\s<>"`\p{Cc}]+/giu
const closers = new Map([')(', '][', '}{'].map(([closer = '', opener = '']) => [closer, opener]))

/** Web addresses in a text, without the punctuation of the sentence around them. */
export function findLinks(text: string): readonly FoundLink[] {
  const links: FoundLink[] = []
  for (const { 0: match, index } of text.matchAll(pattern)) {
    if (links.length >= MAX_LINKS) break
    const shown = withoutSentence(match)
    const url = shown.length > MAX_UNITS ? undefined : parseLink(shown)
    if (url !== undefined) links.push({ start: index, end: index + shown.length, url })
  }
  return links
}

function parseLink(shown: string): string | undefined {
  const parsed = URL.parse(/^www\./i.test(shown) ? `https://${shown}` : shown)
  return parsed === null || !parsed.hostname.includes('.') ? undefined : parsed.href
}

/** Full stops, quotes and brackets that were not opened inside belong to the sentence. */
function withoutSentence(match: string): string {
  let end = match.length
  while (end > 0) {
    const last = match[end - 1] ?? ''
    const opener = closers.get(last)
    const isLoose =
      opener === undefined ? /[.,;:!?'’”»*_~…]/u.test(last) : count(match, opener, end) < count(match, last, end)
    if (!isLoose) break
    end -= 1
  }
  return match.slice(0, end)
}

function count(text: string, sign: string, end: number): number {
  let found = 0
  for (let at = text.indexOf(sign); at >= 0 && at < end; at = text.indexOf(sign, at + 1)) found += 1
  return found
}
