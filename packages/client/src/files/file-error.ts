import { SottoError } from '@sotto/protocol/error'

/** Codes of `FileError`; stable. */
export type FileErrorCode = 'file.missing' | 'file.damaged'

const sentences: Readonly<Record<FileErrorCode, string>> = {
  'file.missing': 'The file is no longer on this device.',
  'file.damaged': 'The file on this device is damaged.',
}

/** Why a file that lies beside the database cannot be read. */
export class FileError extends SottoError<FileErrorCode> {
  override readonly name = 'FileError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
