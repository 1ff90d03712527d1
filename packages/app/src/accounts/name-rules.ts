/** Bytes of UTF-8 that a display name may have. Spec 50 §0. */
export const maxNameBytes = 100

/** What is wrong with a name, by the rules of the core, which trims what cannot be seen off both ends. Spec 50 §1.2. */
export type NameFault = { readonly kind: 'empty' } | { readonly kind: 'too-long'; readonly bytes: number }

const invisible = new Set('\u200b\u200c\u200d\u200e\u200f\u2060')

/** `undefined` for a name that can be used. */
export function faultOfName(text: string): NameFault | undefined {
  const characters = Array.from(text.toWellFormed())
  const isSeen = (character: string): boolean => !invisible.has(character) && character.trim() !== ''
  const start = characters.findIndex(isSeen)
  if (start < 0) return { kind: 'empty' }
  const end = characters.findLastIndex(isSeen)
  const bytes = new TextEncoder().encode(characters.slice(start, end + 1).join('')).length
  return bytes > maxNameBytes ? { kind: 'too-long', bytes } : undefined
}
