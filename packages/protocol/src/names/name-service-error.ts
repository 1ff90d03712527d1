import { SottoError } from '../error/index.ts'

/** Codes of `NameServiceError`; stable. No spec: the codes are ours. */
export type NameServiceErrorCode =
  | 'names.bad-name'
  | 'names.bad-answer'
  | 'names.open-failed'
  | 'names.bad-value'
  | 'names.too-few-answers'
  | 'names.disagreement'

const sentences: Readonly<Record<NameServiceErrorCode, string>> = {
  'names.bad-name': 'A registered name is made of letters, digits, underscores and inner hyphens.',
  'names.bad-answer': 'A node answered with something that is no record of a name.',
  'names.open-failed': 'The record of this name could not be decrypted.',
  'names.bad-value': 'The record of this name holds no account id.',
  'names.too-few-answers': 'Too few nodes answered to be sure whose name this is.',
  'names.disagreement': 'The nodes do not agree on whose name this is.',
}

/** Names that cannot be registered, and answers of the name service that cannot be trusted. Spec 10 §8. */
export class NameServiceError extends SottoError<NameServiceErrorCode> {
  override readonly name = 'NameServiceError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
