/** A word under the caret that asks for suggestions: it stands between `start` and the caret. */
export interface Trigger {
  readonly kind: 'mention' | 'emoji'
  readonly start: number
  /** Without its sign. */
  readonly query: string
}

const maxQuery = 100
const mention = /(?:^|[^\p{L}\p{N}_.@])@([^\s@]*)$/u
const emoji = /(?:^|[^\p{L}\p{N}:/])(?<!:):([\p{L}\p{N}_+-]{2,})$/u
const address = /https?:\S*$/i

/** What the text before the caret asks for. Never inside a web address. Spec 50 §4. */
export function triggerAt(text: string, caret: number): Trigger | undefined {
  const before = text.slice(Math.max(0, caret - maxQuery - 2), caret)
  if (address.test(before)) return undefined
  const name = mention.exec(before)?.[1]
  if (name !== undefined && name.length <= maxQuery) {
    return { kind: 'mention', start: caret - name.length - 1, query: name }
  }
  const word = emoji.exec(before)?.[1]
  if (word !== undefined) return { kind: 'emoji', start: caret - word.length - 1, query: word }
  return undefined
}
