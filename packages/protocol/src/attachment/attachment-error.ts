import { SottoError } from '../error/index.ts'

/** Codes of `AttachmentError`; stable. No spec: the codes are ours. */
export type AttachmentErrorCode =
  | 'attachment.bad-size'
  | 'attachment.too-large'
  | 'attachment.source-changed'
  | 'attachment.bad-iv'
  | 'attachment.unfinished'
  | 'attachment.too-short'
  | 'attachment.bad-length'
  | 'attachment.bad-marker'
  | 'attachment.missing-digest'
  | 'attachment.bad-mac'
  | 'attachment.bad-digest'
  | 'attachment.bad-padding'
  | 'attachment.wrong-size'
  | 'attachment.open-failed'
  | 'attachment.truncated'
  | 'attachment.trailing-data'
  | 'attachment.bad-chunk'
  | 'attachment.bad-manifest'
  | 'attachment.newer-manifest'

const sentences: Readonly<Record<AttachmentErrorCode, string>> = {
  'attachment.bad-size': 'The size of a file has to be a whole number of bytes.',
  'attachment.too-large': 'The file is too large to be sent or received.',
  'attachment.source-changed': 'The file was changed while it was being read.',
  'attachment.bad-iv': 'The random number of an encrypted file has the wrong length.',
  'attachment.unfinished': 'The digest of a file is not known before the whole file was encrypted.',
  'attachment.too-short': 'The file is too short to be an encrypted one.',
  'attachment.bad-length': 'The encrypted file has a length that none can have.',
  'attachment.bad-marker': 'The file does not begin like an encrypted one.',
  'attachment.missing-digest': 'The message does not say which digest the file must have; it is refused.',
  'attachment.bad-mac': 'The file was changed on the way, or its key is not the right one.',
  'attachment.bad-digest': 'This is not the file that the message speaks of.',
  'attachment.bad-padding': 'The decrypted file is not filled up as it should be.',
  'attachment.wrong-size': 'The file is shorter than the message says.',
  'attachment.open-failed': 'The file could not be decrypted: it was changed, or its key is not the right one.',
  'attachment.truncated': 'The end of the file is missing.',
  'attachment.trailing-data': 'Something follows the end of the file.',
  'attachment.bad-chunk': 'The file has no such part.',
  'attachment.bad-manifest': 'What says how the large file is put together is damaged.',
  'attachment.newer-manifest': 'The large file is put together in a way that only newer versions of the app know.',
}

/**
 * Files that cannot be sealed or opened. Ids, addresses and answers of file servers have a `FileServerError`.
 * No spec: the codes are ours.
 */
export class AttachmentError extends SottoError<AttachmentErrorCode> {
  override readonly name = 'AttachmentError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
