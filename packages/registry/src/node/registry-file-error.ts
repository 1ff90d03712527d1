import { SottoError } from '@sotto/protocol/error'

/** Codes of `RegistryFileError`; stable. */
export type RegistryFileErrorCode =
  | 'registry-file.unreadable'
  | 'registry-file.not-written'
  | 'registry-file.key-exists'
  | 'registry-file.key-open-to-others'
  | 'registry-file.bad-key'

const sentences: Readonly<Record<RegistryFileErrorCode, string>> = {
  'registry-file.unreadable': 'The file cannot be read.',
  'registry-file.not-written': 'The file cannot be written.',
  'registry-file.key-exists': 'There is a key file already; it is not overwritten.',
  'registry-file.key-open-to-others': 'Other users of this computer can read the key file; allow only its owner to.',
  'registry-file.bad-key': 'The key file does not hold a key: it needs 64 hexadecimal digits.',
}

/** What goes wrong with files of lists and signer keys. */
export class RegistryFileError extends SottoError<RegistryFileErrorCode> {
  override readonly name = 'RegistryFileError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
