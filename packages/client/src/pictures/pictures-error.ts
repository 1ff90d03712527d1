import { SottoError } from '@sotto/protocol/error'

/** Codes of `PicturesError`; stable. */
export type PicturesErrorCode = 'pictures.too-large' | 'pictures.not-a-picture' | 'pictures.no-name'

const sentences: Readonly<Record<PicturesErrorCode, string>> = {
  'pictures.too-large': 'The picture is too large.',
  'pictures.not-a-picture': 'This is not a picture that can be shown to others.',
  'pictures.no-name': 'Give yourself a name before you choose a picture.',
}

/** Why a picture cannot be the own one, or that of somebody. */
export class PicturesError extends SottoError<PicturesErrorCode> {
  override readonly name = 'PicturesError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
