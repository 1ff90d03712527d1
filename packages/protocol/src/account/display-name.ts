import { utf8Encode } from '../encoding/index.ts'
import { NameError } from './name-error.ts'

declare const displayName: unique symbol
/** 1 to 100 bytes of UTF-8 with nothing to trim at the ends: how a person is called. Spec 10 §1.4. */
export type DisplayName = string & { readonly [displayName]: true }

const MAX_BYTES = 100

/** Zero-width space, non-joiner and joiner, both direction marks, word joiner. White space has the byte order mark. */
const invisible = new Set('\u200b\u200c\u200d\u200e\u200f\u2060')

/**
 * Trims white space and invisible characters off both ends and refuses what is left when it is empty or too long. Also for
 * nicknames of contacts, which follow the same rules. A lone surrogate, which UTF-8 cannot say, becomes U+FFFD.
 * Spec 10 §1.4.
 * @throws {NameError} `name.empty`, `name.too-long`
 */
export function parseDisplayName(text: string): DisplayName {
  const name = trim(text.toWellFormed())
  if (name === '') throw new NameError('name.empty')
  const sizeBytes = utf8Encode(name).length
  if (sizeBytes > MAX_BYTES) throw new NameError('name.too-long', { sizeBytes })
  return name as DisplayName
}

/**
 * Trims like `parseDisplayName` and then keeps as many whole code points from the beginning as fit. A code point is never
 * cut; an emoji or a letter with marks that is made of several may lose the later ones. Undefined when nothing is left.
 * Spec 10 §1.4.
 */
export function truncateDisplayName(text: string): DisplayName | undefined {
  let name = ''
  let sizeBytes = 0
  for (const character of trim(text.toWellFormed())) {
    sizeBytes += utf8Encode(character).length
    if (sizeBytes > MAX_BYTES) break
    name += character
  }
  const trimmed = trim(name)
  return trimmed === '' ? undefined : (trimmed as DisplayName)
}

/** From both ends inwards: a pattern with a long run of spaces in the middle of a name would take quadratic time. */
function trim(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isTrimmed(text.charAt(start))) start++
  while (end > start && isTrimmed(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

function isTrimmed(character: string): boolean {
  return invisible.has(character) || character.trim() === ''
}
