import { SottoError } from '../error/index.ts'

/** Codes of `BlindingError`; stable. No spec: the codes are ours. */
export type BlindingErrorCode =
  | 'blinding.bad-key'
  | 'blinding.mixed-schemes'
  | 'blinding.too-short'
  | 'blinding.too-long'
  | 'blinding.bad-version'
  | 'blinding.not-addressed'
  | 'blinding.open-failed'
  | 'blinding.wrong-sender'

const sentences: Readonly<Record<BlindingErrorCode, string>> = {
  'blinding.bad-key': 'The id holds no valid public key.',
  'blinding.mixed-schemes': 'The two ids are blinded in different ways and cannot write to each other.',
  'blinding.too-short': 'The message is too short to be one.',
  'blinding.too-long': 'The message is longer than may be read.',
  'blinding.bad-version': 'The message has a format that this program does not know.',
  'blinding.not-addressed': 'The message is neither from this account nor for it.',
  'blinding.open-failed': 'The message could not be decrypted: it was changed, or it is for another id.',
  'blinding.wrong-sender': 'The message names another sender than the community does; it is refused.',
}

/** Blinded ids that hold no key, and messages between them that do not open. No spec: the codes are ours. */
export class BlindingError extends SottoError<BlindingErrorCode> {
  override readonly name = 'BlindingError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
