import { SottoError } from '../error/index.ts'

/** Codes of `FileServerError`; stable. No spec: the codes are ours. */
export type FileServerErrorCode =
  | 'file-server.bad-id'
  | 'file-server.not-extendable'
  | 'file-server.bad-ttl'
  | 'file-server.too-long'
  | 'file-server.bad-url'
  | 'file-server.bad-key'
  | 'file-server.unknown-server'
  | 'file-server.community-file'
  | 'file-server.bad-reply'

const sentences: Readonly<Record<FileServerErrorCode, string>> = {
  'file-server.bad-id': 'This is not the id of a file.',
  'file-server.not-extendable': 'A file with a number as its id cannot be kept longer; it has to be uploaded again.',
  'file-server.bad-ttl': 'The time that a file is to be kept has to be a whole number of seconds.',
  'file-server.too-long': 'The address of the file is longer than one can be.',
  'file-server.bad-url': 'The address of the file is not valid.',
  'file-server.bad-key': 'The address of the file does not hold a valid public key of its server.',
  'file-server.unknown-server': 'The address of the file does not say how to reach its server safely.',
  'file-server.community-file': 'The address leads to a file of a community, not to one of a file server.',
  'file-server.bad-reply': 'The file server answered with something that is no answer.',
}

/** Ids, addresses and answers of file servers that are none. No spec: the codes are ours. */
export class FileServerError extends SottoError<FileServerErrorCode> {
  override readonly name = 'FileServerError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
