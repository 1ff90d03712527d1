import { bodyLength } from '@sotto/protocol/message'

/** The longest sequences that are in use have about half as many. */
const MAX_CODE_POINTS = 24

/** Emoji, and what joins, colours and presents them. Digits and signs are emoji only as parts of key caps. */
const sequence = /^(?:\p{Emoji}|\p{Extended_Pictographic}|\p{Emoji_Component}|\ufe0e)+$/u
const pictures = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u

/**
 * Whether a text can stand as a reaction: emoji and nothing else, also those that are newer than this program. Whatever others
 * send beside that would be a message in disguise.
 */
export function isEmoji(text: string): boolean {
  if (text.length > 2 * MAX_CODE_POINTS || bodyLength(text) > MAX_CODE_POINTS) return false
  return sequence.test(text) && pictures.test(text)
}
