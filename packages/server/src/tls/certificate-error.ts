import { SottoError } from '@sotto/protocol/error'

/** Codes of `CertificateError`; stable. */
export type CertificateErrorCode = 'certificate.unreadable' | 'certificate.malformed' | 'certificate.unwritable'

const sentences: Readonly<Record<CertificateErrorCode, string>> = {
  'certificate.unreadable': 'The TLS certificate or its key in the data folder cannot be read.',
  'certificate.malformed': 'The TLS certificate in the data folder is damaged, or its key belongs to another one.',
  'certificate.unwritable': 'The TLS certificate could not be written to the data folder.',
}

/** A certificate that cannot be used. */
export class CertificateError extends SottoError<CertificateErrorCode> {
  override readonly name = 'CertificateError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
