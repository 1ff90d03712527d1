import { type FoundMessage } from '@sotto/client'

/** Of each message that was found: the pieces of its text that were looked for. */
export function marksOf(found: readonly FoundMessage[]): ReadonlyMap<number, readonly string[]> {
  return new Map(
    found.map(({ message, snippet }) => [
      message,
      [...new Set(snippet.flatMap(({ isMatch, text }) => (isMatch ? [text] : [])))],
    ]),
  )
}
