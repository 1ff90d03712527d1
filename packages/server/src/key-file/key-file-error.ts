import { SottoError } from '@sotto/protocol/error'

/** Codes of `KeyFileError`; stable. */
export type KeyFileErrorCode =
  | 'key-file.missing'
  | 'key-file.exists'
  | 'key-file.too-open'
  | 'key-file.malformed'
  | 'key-file.unreadable'
  | 'key-file.unwritable'

const sentences: Readonly<Record<KeyFileErrorCode, string>> = {
  'key-file.missing': 'There is no key file at this path.',
  'key-file.exists': 'There is a key file at this path already: it is not overwritten.',
  'key-file.too-open': 'The key file can be read by other users: take their rights away with chmod 600.',
  'key-file.malformed': 'The key file is not one: it must hold exactly the 32 bytes of a seed.',
  'key-file.unreadable': 'The key file cannot be read.',
  'key-file.unwritable': 'The key file cannot be written.',
}

/** A key file that cannot be used. */
export class KeyFileError extends SottoError<KeyFileErrorCode> {
  override readonly name = 'KeyFileError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
