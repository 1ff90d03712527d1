import { phraseLength, type PhraseInput } from './phrase-input.ts'

/** What is wrong with a recovery phrase, in the order of spec 50 §1.3. */
export type PhraseProblem =
  | { readonly kind: 'empty' | 'check' | 'check-code' }
  | { readonly kind: 'too-short' | 'too-long'; readonly words: number }
  /** `position` counts from 1; there may be more than this one. */
  | { readonly kind: 'wrong-words'; readonly position: number; readonly word: string }

/** What can be seen before anything is computed. */
export function problemOfInput(input: PhraseInput): PhraseProblem | undefined {
  if (input.kind === 'empty') return { kind: 'empty' }
  if (input.kind === 'seed') return undefined
  const { length } = input.words
  if (length < phraseLength) return { kind: 'too-short', words: length }
  return length > phraseLength ? { kind: 'too-long', words: length } : undefined
}

/** What the core found: the code of its error, and the `position` of its detail. `undefined` if the phrase is not what is wrong. */
export function problemOfCode(
  code: string | undefined,
  position: number | undefined,
  input: PhraseInput,
): PhraseProblem | undefined {
  if (code === undefined || !code.startsWith('phrase.')) return undefined
  if (input.kind !== 'words') return { kind: 'check-code' }
  if (code !== 'phrase.invalid-word' || position === undefined) return { kind: 'check' }
  const word = input.words[position - 1]
  return word === undefined ? { kind: 'check' } : { kind: 'wrong-words', position, word }
}

/** The number of that name in the detail of an error. */
export function numberInDetail(error: unknown, name: string): number | undefined {
  if (typeof error !== 'object' || error === null || !('detail' in error)) return undefined
  const { detail } = error
  if (typeof detail !== 'object' || detail === null) return undefined
  const value = new Map<string, unknown>(Object.entries(detail)).get(name)
  return typeof value === 'number' ? value : undefined
}
