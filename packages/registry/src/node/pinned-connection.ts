import { createHash, type X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { isIP } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import { SeedError } from './seed-error.ts'

/** What a host's certificate is known by, instead of an authority's word. All that is given must fit, and one must be. */
export interface CertificatePin {
  /** SHA-256 of the public key (SubjectPublicKeyInfo, DER), base64 with padding. */
  readonly publicKeySha256?: string
  /** SHA-256 of the whole certificate: hex, with or without colons. */
  readonly certificateSha256?: string
}

/**
 * Connects and checks the certificate before anything is sent. Dates and names in it do not matter: the pin says it all.
 * @throws {SeedError} `seed.wrong-certificate`; what the socket throws otherwise
 */
export async function connectPinned(
  { host, port }: { readonly host: string; readonly port: number },
  pin: CertificatePin,
  signal: AbortSignal,
): Promise<TLSSocket> {
  signal.throwIfAborted()
  const socket = connect({ host, port, rejectUnauthorized: false, ...(isIP(host) === 0 ? { servername: host } : {}) })
  try {
    await once(socket, 'secureConnect', { signal })
    const certificate = socket.getPeerX509Certificate()
    if (certificate === undefined || !fits(certificate, pin)) throw new SeedError('seed.wrong-certificate')
    return socket
  } catch (cause) {
    socket.on('error', () => {})
    socket.destroy()
    throw cause
  }
}

function fits(certificate: X509Certificate, { publicKeySha256, certificateSha256 }: CertificatePin): boolean {
  const key = createHash('sha256')
    .update(certificate.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64')
  const whole = createHash('sha256').update(certificate.raw).digest('hex')
  if (publicKeySha256 === undefined && certificateSha256 === undefined) return false
  const keyFits = publicKeySha256 === undefined || publicKeySha256 === key
  return keyFits && (certificateSha256 === undefined || certificateSha256.replaceAll(':', '').toLowerCase() === whole)
}
