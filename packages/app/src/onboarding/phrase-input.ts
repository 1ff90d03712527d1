/** Words of a recovery phrase, the one for the checksum too. */
export const phraseLength = 13

/** What somebody typed where a recovery phrase belongs. */
export type PhraseInput =
  | { readonly kind: 'empty' }
  /** The seed itself, as the QR code of the phrase has it: 32 hex digits. */
  | { readonly kind: 'seed'; readonly hex: string }
  | { readonly kind: 'words'; readonly words: readonly string[] }

/** Splits as the core does: whatever is no letter and no digit stands between words. Spec 50 §1.3. */
export function readPhraseInput(text: string): PhraseInput {
  const words = text
    .split(/\W+/)
    .filter(word => word !== '')
    .map(word => word.toLowerCase())
  const [first = ''] = words
  if (words.length === 0) return text.trim() === '' ? { kind: 'empty' } : { kind: 'words', words }
  return words.length === 1 && /^[0-9a-f]{32}$/.test(first) ? { kind: 'seed', hex: first } : { kind: 'words', words }
}
