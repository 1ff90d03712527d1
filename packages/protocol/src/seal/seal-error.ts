import { SottoError } from '../error/index.ts'

/** Codes of `SealError`; stable. No spec: the codes are ours. */
export type SealErrorCode =
  | 'seal.bad-length'
  | 'seal.open-failed'
  | 'seal.bad-signature'
  | 'seal.bad-sender'
  | 'seal.wrong-time'
  | 'seal.foreign-copy'
  | 'seal.other-version'
  | 'seal.bad-format'
  | 'seal.bad-domain'
  | 'seal.bad-recipients'

const sentences: Readonly<Record<SealErrorCode, string>> = {
  'seal.bad-length': 'The data is too short or too long to be a sealed message.',
  'seal.open-failed': 'The message could not be opened: it was changed, or it is for someone else.',
  'seal.bad-signature': 'The message was not signed by who it says that it is from.',
  'seal.bad-sender': 'The key of the sender belongs to no account.',
  'seal.wrong-time': 'The envelope says another time than the message in it.',
  'seal.foreign-copy': 'Someone else sent a message that only one of our own devices may send.',
  'seal.other-version': 'The message is sealed in another version of the format.',
  'seal.bad-format': 'The opened message is not put together as it should be.',
  'seal.bad-domain': 'A purpose of encryption is 1 to 64 bytes long.',
  'seal.bad-recipients': 'There has to be one message for all recipients, or one for each.',
}

/** Messages that cannot be opened, are not from whom they say, or cannot be sealed. No spec: the codes are ours. */
export class SealError extends SottoError<SealErrorCode> {
  override readonly name = 'SealError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
