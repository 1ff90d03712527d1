import { SottoError } from '../error/index.ts'

/** Codes of `MessageError`; stable. No spec: the codes are ours. */
export type MessageErrorCode =
  | 'message.too-long'
  | 'message.truncated'
  | 'message.bad-tag'
  | 'message.bad-number'
  | 'message.wrong-type'
  | 'message.too-deep'
  | 'message.too-many-parts'
  | 'message.missing-field'
  | 'message.bad-text'
  | 'message.bad-time'
  | 'message.bad-length'
  | 'message.bad-id'
  | 'message.bad-flags'
  | 'message.too-many-attachments'
  | 'message.bad-call'
  | 'message.bad-value'
  | 'message.not-a-request'
  | 'message.no-content'
  | 'message.bad-source'
  | 'message.bad-pro-signature'
  | 'message.no-pro-proof'

const sentences: Readonly<Record<MessageErrorCode, string>> = {
  'message.too-long': 'The message is longer than may be sent.',
  'message.truncated': 'The message ends in the middle of a field.',
  'message.bad-tag': 'The message holds something that is not a field.',
  'message.bad-number': 'A number in the message takes more than 64 bits.',
  'message.wrong-type': 'A field of the message holds another kind of value than it should.',
  'message.too-deep': 'The message is nested too deeply.',
  'message.too-many-parts': 'The message is made of too many parts.',
  'message.missing-field': 'The message lacks a field that has to be there.',
  'message.bad-text': 'A text in the message is not valid UTF-8.',
  'message.bad-time': 'A time in the message is not a time.',
  'message.bad-length': 'A key or signature in the message is longer or shorter than it should be.',
  'message.bad-id': 'The message names someone with an id that is none.',
  'message.bad-flags': 'The message is marked in a way that nobody knows.',
  'message.too-many-attachments': 'A message has 32 attachments at most.',
  'message.bad-call': 'The message about a call is not complete.',
  'message.bad-value': 'The message holds a value that cannot be written.',
  'message.not-a-request': 'The data holds no message.',
  'message.no-content': 'The envelope is empty.',
  'message.bad-source': 'The envelope names a sender with an id that is none.',
  'message.bad-pro-signature': 'The signature on the envelope does not have 64 bytes.',
  'message.no-pro-proof': 'The message has no proof for the key that it is to be signed with.',
}

/**
 * Bytes that are no message, and messages that break a rule. `at` in the detail is a position in the bytes.
 * No spec: the codes are ours.
 */
export class MessageError extends SottoError<MessageErrorCode> {
  override readonly name = 'MessageError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
