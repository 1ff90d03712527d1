import { SottoError } from '@sotto/protocol/error'

/** Codes of `BodyError`; stable. */
export type BodyErrorCode = 'body.too-large' | 'body.slow' | 'body.gone'

const sentences: Readonly<Record<BodyErrorCode, string>> = {
  'body.too-large': 'More was sent than is taken.',
  'body.slow': 'Nothing was sent for too long.',
  'body.gone': 'The client went away before it had sent everything.',
}

/** The rest of a body does not come. A handler lets it through: the listener answers 413 or 408, or nobody. */
export class BodyError extends SottoError<BodyErrorCode> {
  override readonly name = 'BodyError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
