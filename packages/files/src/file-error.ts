import { SottoError } from '@sotto/protocol/error'

/** Codes of `FileError`; stable. */
export type FileErrorCode =
  | 'files.empty'
  | 'files.too-large'
  | 'files.bad-ttl'
  | 'files.bad-request'
  | 'files.not-found'
  | 'files.busy'
  | 'files.no-room'
  | 'files.no-id'
  | 'files.storage-failed'
  | 'files.sync-failed'

const sentences: Readonly<Record<FileErrorCode, string>> = {
  'files.empty': 'There is nothing in the file.',
  'files.too-large': 'The file is larger than this server takes.',
  'files.bad-ttl': 'That is no time for which this server keeps files.',
  'files.bad-request': 'The request cannot be understood.',
  'files.not-found': 'There is no such file, or not any more.',
  'files.busy': 'Too much is under way: try again later.',
  'files.no-room': 'This server has no room for more.',
  'files.no-id': 'No free id was found for the file.',
  'files.storage-failed': 'The place where files are kept did not do as it was asked to.',
  'files.sync-failed': 'The disk that holds the files reports errors. The program must be started again.',
}

/** The statuses that they become. Spec 40 §8. */
const statuses: Readonly<Record<FileErrorCode, number>> = {
  'files.empty': 413,
  'files.too-large': 413,
  'files.bad-ttl': 400,
  'files.bad-request': 400,
  'files.not-found': 404,
  'files.busy': 503,
  'files.no-room': 507,
  'files.no-id': 507,
  'files.storage-failed': 500,
  'files.sync-failed': 500,
}

/** Why a file is not taken or not given. */
export class FileError extends SottoError<FileErrorCode> {
  override readonly name = 'FileError'

  override get sentence(): string {
    return sentences[this.code]
  }

  /** Of the answer. */
  get status(): number {
    return statuses[this.code]
  }
}

/** The typed form of what a disk failed with: a full one is not broken. */
export function diskErrorOf(cause: unknown): SottoError {
  if (cause instanceof SottoError) return cause
  return new FileError(isFull(cause) ? 'files.no-room' : 'files.storage-failed', {}, { cause })
}

function isFull(cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return code === 'ENOSPC' || code === 'EDQUOT'
}

/** Whether nothing is there under that name. */
export function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
}
