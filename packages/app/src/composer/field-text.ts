/** A person who is named in the text: `text.slice(start, end)` is `@` and their name. Positions are in UTF-16 units. */
export interface FieldMention {
  readonly start: number
  readonly end: number
  readonly account: string
}

/** What stands in the field: names where the message will have ids. Mentions are in order and don't touch. */
export interface FieldText {
  readonly text: string
  readonly mentions: readonly FieldMention[]
}

/** Nothing was typed. */
export const emptyField: FieldText = { text: '', mentions: [] }

/** `@` and an account id, as messages have it. */
const wireMention = /@(05[0-9a-f]{64})(?![0-9a-f])/g
/** Directly after an id it would be read as a part of it. */
const hexDigit = /^[0-9a-f]/

/**
 * The field after someone typed: `text` is what the browser made of it, `caret` where it put the caret. A mention that was cut
 * goes as a whole; one that was written into becomes ordinary text.
 */
export function afterTyping(before: FieldText, text: string, caret: number): FieldText & { readonly caret: number } {
  if (text === before.text) return { ...before, caret }
  const [from, to, end] = changedPart(before.text, text, caret)
  const wasCut = end === from
  const shift = text.length - before.text.length
  const kept: FieldMention[] = []
  const cut: FieldMention[] = []
  for (const mention of before.mentions) {
    if (mention.end <= from) kept.push(mention)
    else if (mention.start >= to) kept.push(moved(mention, shift))
    else if (wasCut) cut.push(mention)
  }
  const start = Math.min(from, ...cut.map(mention => mention.start))
  const rest = Math.max(to, ...cut.map(mention => mention.end)) + shift
  const removed = wasCut ? rest - start : 0
  if (removed === 0) return { text, mentions: kept, caret }
  return {
    text: text.slice(0, start) + text.slice(rest),
    mentions: kept.map(mention => (mention.start >= rest ? moved(mention, -removed) : mention)),
    caret: start,
  }
}

/** Which part of the old text gave way, and where its replacement ends: what follows the caret was not touched. */
function changedPart(before: string, after: string, caret: number): [from: number, to: number, end: number] {
  let end = before.endsWith(after.slice(caret)) ? caret : after.length
  let to = before.length - (after.length - end)
  if (end === after.length && end !== caret) {
    while (end > 0 && to > 0 && before[to - 1] === after[end - 1]) {
      end -= 1
      to -= 1
    }
  }
  let from = 0
  while (from < to && from < end && before[from] === after[from]) from += 1
  return [from, to, end]
}

function moved({ start, end, account }: FieldMention, by: number): FieldMention {
  return { start: start + by, end: end + by, account }
}

/** Says of a part of the text that it means a person. */
export function withMention({ text, mentions }: FieldText, mention: FieldMention): FieldText {
  const others = mentions.filter(each => each.end <= mention.start || each.start >= mention.end)
  return { text, mentions: [...others, mention].toSorted((a, b) => a.start - b.start) }
}

/**
 * Says it again of names that were mentions before, where one comes back that was cut: by the keys for taking something back, or
 * from the clipboard. `known` are accounts by what stood in the text, with its `@`.
 */
export function withKnownNames(field: FieldText, known: ReadonlyMap<string, string>): FieldText {
  let result = field
  for (const [name, account] of known) {
    for (let start = field.text.indexOf(name); start >= 0; start = field.text.indexOf(name, start + name.length)) {
      const end = start + name.length
      const isTaken = result.mentions.some(each => each.start < end && each.end > start)
      if (!isTaken && isWordEnd(field.text, end)) result = withMention(result, { start, end, account })
    }
  }
  return result
}

function isWordEnd(text: string, at: number): boolean {
  return !/^[\p{L}\p{N}]/u.test(text.slice(at))
}

/** The mention that a caret at `at` would stand inside of. */
export function mentionAround({ mentions }: FieldText, at: number): FieldMention | undefined {
  return mentions.find(({ start, end }) => at > start && at < end)
}

/** The mention that a key which deletes to one side would cut. */
export function mentionBeside({ mentions }: FieldText, at: number, side: 'before' | 'after'): FieldMention | undefined {
  return mentions.find(({ start, end }) => (side === 'before' ? at > start && at <= end : at >= start && at < end))
}

/** A text that came back, before what was typed since. */
export function withReturned(returned: FieldText, { text, mentions }: FieldText): FieldText {
  if (text.trim() === '') return returned
  const before = `${returned.text}\n`
  return {
    text: before + text,
    mentions: [...returned.mentions, ...mentions.map(mention => moved(mention, before.length))],
  }
}

/** The text as it is sent: ids in place of names. Not trimmed. */
export function wireForm({ text, mentions }: FieldText): string {
  let wire = ''
  let at = 0
  for (const { start, end, account } of mentions) {
    wire += `${text.slice(at, start)}@${account}`
    if (hexDigit.test(text.slice(end))) wire += ' '
    at = end
  }
  return wire + text.slice(at)
}

/** The field for a text that was kept as it is sent. Ids of people without a name stay as they are. */
export function fieldFromWire(wire: string, nameFor: (account: string) => string | undefined): FieldText {
  const mentions: FieldMention[] = []
  let text = ''
  let at = 0
  for (const match of wire.matchAll(wireMention)) {
    const account = match[1] ?? ''
    const name = nameFor(account)
    if (name === undefined) continue
    text += wire.slice(at, match.index)
    mentions.push({ start: text.length, end: text.length + name.length + 1, account })
    text += `@${name}`
    at = match.index + match[0].length
  }
  return { text: text + wire.slice(at), mentions }
}

/** Code points of the message that this would be. Spec 50 §4. */
export function wireLength(field: FieldText): number {
  return Array.from(wireForm(field).trim()).length
}
