import { createHash, createPrivateKey, X509Certificate } from 'node:crypto'
import { CertificateError } from './certificate-error.ts'

/** A private key in PEM, which prints as a placeholder. */
export class PrivateKeyPem {
  readonly #pem: string

  constructor(pem: string) {
    this.#pem = pem
  }

  /** The text itself. */
  expose(): string {
    return this.#pem
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return '[secret]'
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return 'PrivateKeyPem [secret]'
  }
}

/** A certificate with its key, both in PEM. */
export interface Certificate {
  readonly certificatePem: string
  readonly keyPem: PrivateKeyPem
  /** SHA-256 of the public key's SPKI: what directories may name, so that others can check whom they talk to. */
  readonly spkiHash: Uint8Array
}

/**
 * Puts a certificate and its key together.
 * @throws {CertificateError} `certificate.malformed` if one is damaged or they do not belong together
 */
export function parseCertificate(certificatePem: string, keyPem: string): Certificate {
  try {
    const certificate = new X509Certificate(certificatePem)
    if (!certificate.checkPrivateKey(createPrivateKey(keyPem))) throw new CertificateError('certificate.malformed')
    const spki = certificate.publicKey.export({ type: 'spki', format: 'der' })
    const spkiHash = Uint8Array.from(createHash('sha256').update(spki).digest())
    return { certificatePem, keyPem: new PrivateKeyPem(keyPem), spkiHash }
  } catch (cause) {
    if (cause instanceof CertificateError) throw cause
    throw new CertificateError('certificate.malformed', {}, { cause })
  }
}
