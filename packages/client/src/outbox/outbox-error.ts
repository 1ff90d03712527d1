import { NetworkError, type NetworkErrorCode } from '@sotto/network'
import {
  AttachmentError,
  type AttachmentErrorCode,
  FileServerError,
  type FileServerErrorCode,
} from '@sotto/protocol/attachment'
import { SottoError } from '@sotto/protocol/error'

import { StorageError, type StorageErrorCode } from '../accounts/storage-error.ts'
import { AttachmentsError, type AttachmentsErrorCode } from '../attachments/attachments-error.ts'
import { FileError, type FileErrorCode } from '../files/file-error.ts'

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

/** Whose errors a code belongs to, by its beginning. */
const families: readonly (readonly [
  prefix: string,
  make: (code: string) => { readonly sentence: string | undefined },
])[] = [
  ['network.', code => new NetworkError(code as NetworkErrorCode)],
  ['attachments.', code => new AttachmentsError(code as AttachmentsErrorCode)],
  ['attachment.', code => new AttachmentError(code as AttachmentErrorCode)],
  ['file-server.', code => new FileServerError(code as FileServerErrorCode)],
  ['file.', code => new FileError(code as FileErrorCode)],
  ['storage.', code => new StorageError(code as StorageErrorCode)],
]

/** What to say to people about the `failure` of a message or of a file. */
export function failureSentence(code: string): string {
  if (Object.hasOwn(sentences, code)) return new OutboxError(code as OutboxErrorCode).sentence
  const [, make] = families.find(([prefix]) => code.startsWith(prefix)) ?? []
  return make?.(code).sentence ?? sentences['outbox.unforeseen']
}
