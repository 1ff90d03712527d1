import { SottoError } from '../error/index.ts'

/** Codes of `PushError`; stable. No spec: the codes are ours. */
export type PushErrorCode =
  | 'push.too-short'
  | 'push.too-long'
  | 'push.open-failed'
  | 'push.bad-payload'
  | 'push.bad-metadata'
  | 'push.wrong-length'
  | 'push.bad-news'

const sentences: Readonly<Record<PushErrorCode, string>> = {
  'push.too-short': 'The notification is too short to be one.',
  'push.too-long': 'The notification is longer than may be read.',
  'push.open-failed': 'The notification could not be decrypted: it is for another device, or it was changed.',
  'push.bad-payload': 'The notification does not hold what it should.',
  'push.bad-metadata': 'The notification does not say which message came.',
  'push.wrong-length': 'The message in the notification is not as long as it says.',
  'push.bad-news': 'A node reported a message in a way that makes no sense.',
}

/** Notifications that do not open. No spec: the codes are ours. */
export class PushError extends SottoError<PushErrorCode> {
  override readonly name = 'PushError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
