import { readFileSync } from 'node:fs'
import { type Certificate, parseCertificate, type ValuesOf } from '@sotto/server'
import { type tlsSettings } from './server-settings.ts'
import { UsageError } from './usage-error.ts'

/**
 * The certificate that two settings name; `undefined` if neither does.
 * @throws {UsageError} @throws {CertificateError}
 */
export function readCertificate({ tlsCertificate, tlsKey }: ValuesOf<typeof tlsSettings>): Certificate | undefined {
  if (tlsCertificate === undefined && tlsKey === undefined) return undefined
  if (tlsCertificate === undefined || tlsKey === undefined) {
    throw new UsageError('--tls-certificate and --tls-key go together.')
  }
  return parseCertificate(readPem('--tls-certificate', tlsCertificate), readPem('--tls-key', tlsKey))
}

function readPem(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new UsageError(`The file of ${option} cannot be read.`, { cause })
  }
}
