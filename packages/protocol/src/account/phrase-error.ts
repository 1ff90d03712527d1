import { SottoError } from '../error/index.ts'

/** Codes of `PhraseError`; stable. Of two that apply, the one that stands first here is reported. Spec 10 §1.3. */
export type PhraseErrorCode =
  | 'phrase.too-short'
  | 'phrase.too-long'
  | 'phrase.invalid-word'
  | 'phrase.invalid-value'
  | 'phrase.bad-checksum'

const sentences: Readonly<Record<PhraseErrorCode, string>> = {
  'phrase.too-short': 'The recovery phrase has too few words. It has 13.',
  'phrase.too-long': 'The recovery phrase has too many words. It has 13.',
  'phrase.invalid-word': 'One of the words is not a word of recovery phrases.',
  'phrase.invalid-value': 'These words do not stand for an account. One of them must be another word.',
  'phrase.bad-checksum': 'The words do not fit together. One of them is wrong, or their order is.',
}

/**
 * A text that is no recovery phrase. `words` in the detail is how many words there were; with `phrase.invalid-word`
 * `position` is the first wrong one, counted from 1. Spec 10 §1.3.
 */
export class PhraseError extends SottoError<PhraseErrorCode> {
  override readonly name = 'PhraseError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
