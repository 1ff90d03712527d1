import { NetworkError, type NetworkErrorCode } from '@sotto/network'
import { SottoError } from '@sotto/protocol/error'

/** Codes of `OutboxError`; stable. Beside them, messages fail with those of `NetworkError`. */
export type OutboxErrorCode = 'outbox.expired' | 'outbox.blocked' | 'outbox.unforeseen'

const sentences: Readonly<Record<OutboxErrorCode, string>> = {
  'outbox.expired': 'The network could not be reached for too long.',
  'outbox.blocked': 'You blocked this contact before the message was sent.',
  'outbox.unforeseen': 'Something went wrong that nobody foresaw.',
}

/** Why a message was not sent. Kept as its code. */
export class OutboxError extends SottoError<OutboxErrorCode> {
  override readonly name = 'OutboxError'

  override get sentence(): string {
    return sentences[this.code]
  }
}

/** What to say to people about the `failure` of a message. */
export function failureSentence(code: string): string {
  if (Object.hasOwn(sentences, code)) return new OutboxError(code as OutboxErrorCode).sentence
  const isKnown = code.startsWith('network.')
  return isKnown ? new NetworkError(code as NetworkErrorCode).sentence : sentences['outbox.unforeseen']
}
