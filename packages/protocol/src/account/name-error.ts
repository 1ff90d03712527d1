import { SottoError } from '../error/index.ts'

/** Codes of `NameError`; stable. No spec: the codes are ours. */
export type NameErrorCode = 'name.empty' | 'name.too-long'

const sentences: Readonly<Record<NameErrorCode, string>> = {
  'name.empty': 'Please enter a name.',
  'name.too-long': 'Please enter a shorter name.',
}

/** A text that is no display name. `sizeBytes` in the detail is its length in UTF-8. Spec 10 §1.4. */
export class NameError extends SottoError<NameErrorCode> {
  override readonly name = 'NameError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
