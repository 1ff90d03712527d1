import { SottoError } from '@sotto/protocol/error'

/** Codes of `AttachmentsError`; stable. */
export type AttachmentsErrorCode =
  | 'attachments.unknown'
  | 'attachments.empty'
  | 'attachments.too-large'
  | 'attachments.much-too-large'
  | 'attachments.too-many'
  | 'attachments.mixed'
  | 'attachments.bad-image'
  | 'attachments.not-voice'
  | 'attachments.not-approved'
  | 'attachments.wrong-piece'
  | 'attachments.incomplete'
  | 'attachments.range-too-long'
  | 'attachments.not-here'
  | 'attachments.not-fetchable'
  | 'attachments.not-running'
  | 'attachments.bad-thumbnail'
  | 'attachments.cancelled'
  | 'attachments.no-address'
  | 'attachments.bad-key'
  | 'attachments.no-room'
  | 'attachments.gone'
  | 'attachments.refused'
  | 'attachments.not-kept'
  | 'attachments.server-failed'
  | 'attachments.wrong-size'
  | 'attachments.foreign-server'

const sentences: Readonly<Record<AttachmentsErrorCode, string>> = {
  'attachments.unknown': 'There is no such attachment any more.',
  'attachments.empty': 'The file is empty.',
  'attachments.too-large': 'The file is larger than 10 MB.',
  'attachments.much-too-large': 'The file is larger than 200 MB.',
  'attachments.too-many': 'A message can have up to 32 pictures or videos.',
  'attachments.mixed': 'A message can have pictures and videos, or one other file.',
  'attachments.bad-image': 'The picture is damaged and cannot be sent.',
  'attachments.not-voice': 'Only one sound recording can be sent as a voice message.',
  'attachments.not-approved': 'Files and voice messages can be sent once your request is accepted.',
  'attachments.wrong-piece': 'This is not the next piece of the file.',
  'attachments.incomplete': 'The file has not been read to its end yet.',
  'attachments.range-too-long': 'Only 16 MiB of a file can be read at a time.',
  'attachments.not-here': 'The file is not on this device.',
  'attachments.not-fetchable': 'The file cannot be downloaded again.',
  'attachments.not-running': 'Nothing is being uploaded or downloaded.',
  'attachments.bad-thumbnail': 'This is not a small picture.',
  'attachments.cancelled': 'The upload was cancelled.',
  'attachments.no-address': 'The message does not say where the file is.',
  'attachments.bad-key': 'The message does not say how the file can be opened.',
  'attachments.no-room': 'The room for files on this device is used up.',
  'attachments.gone': 'The file server does not have the file any more.',
  'attachments.refused': 'The file server does not take the file.',
  'attachments.not-kept': 'The file server did not keep the whole file.',
  'attachments.server-failed': 'The file server did not do what it was asked to.',
  'attachments.wrong-size': 'The file is not as long as the message says.',
  'attachments.foreign-server': 'The file lies on a server that this device does not ask by itself.',
}

/** Why a file cannot be sent or fetched, or was not. */
export class AttachmentsError extends SottoError<AttachmentsErrorCode> {
  override readonly name = 'AttachmentsError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
