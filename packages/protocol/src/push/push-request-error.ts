import { SottoError } from '../error/index.ts'

/** Codes of `PushRequestError`; stable. No spec: the codes are ours. */
export type PushRequestErrorCode =
  | 'push-request.too-long'
  | 'push-request.bad-json'
  | 'push-request.missing-field'
  | 'push-request.bad-field'
  | 'push-request.bad-time'
  | 'push-request.bad-signature'

const sentences: Readonly<Record<PushRequestErrorCode, string>> = {
  'push-request.too-long': 'The request is longer than may be read.',
  'push-request.bad-json': 'The request is not valid JSON.',
  'push-request.missing-field': 'Something that has to be given is missing.',
  'push-request.bad-field': 'Something that was given is not what it should be.',
  'push-request.bad-time': 'The request was signed too long ago, or the clock of the device is wrong.',
  'push-request.bad-signature': 'The signature is wrong, or its key may not read the messages of the account.',
}

/** What a push server says of a request that it does not fulfil: 1 bad input, 4 another error. Spec 40 §9.1. */
export type PushReplyCode = 1 | 4

/** A request to a push server that it does not fulfil. Spec 40 §9.1, §9.2. */
export class PushRequestError extends SottoError<PushRequestErrorCode> {
  override readonly name = 'PushRequestError'

  override get sentence(): string {
    return sentences[this.code]
  }

  /** Goes into the member `error` of the reply, beside the sentence. */
  get replyCode(): PushReplyCode {
    return this.code === 'push-request.bad-time' || this.code === 'push-request.bad-signature' ? 4 : 1
  }
}
