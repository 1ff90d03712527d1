/** One that is larger than this is a text. */
const MAX_UNITS = 120
const MAX_EMOJI = 6

const sequence = /^(?:\p{Emoji}|\p{Extended_Pictographic}|\p{Emoji_Component}|\ufe0e)+$/u
const picture = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u

/** How many emoji a text is made of, if it is made of nothing else and of six at most; otherwise 0. */
export function emojiCount(text: string): number {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length > MAX_UNITS || !picture.test(trimmed)) return 0
  let count = 0
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(trimmed)) {
    if (/^\s+$/u.test(segment)) continue
    if (!sequence.test(segment) || !picture.test(segment)) return 0
    count += 1
    if (count > MAX_EMOJI) return 0
  }
  return count
}
