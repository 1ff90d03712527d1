import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RandomBytes } from '@sotto/protocol/crypto'
import type { Clock } from '../clock/clock.ts'
import { writeSecretFile } from '../files/write-secret-file.ts'
import { CertificateError } from './certificate-error.ts'
import { parseCertificate, type Certificate } from './certificate.ts'
import { createCertificate } from './create-certificate.ts'

const fileName = 'tls.pem'

/**
 * The certificate of a server: `tls.pem` in its data folder, made at the first start. Certificate and key stand in one
 * file (0600), so that they always belong together.
 * @throws {CertificateError}
 */
export function loadOrCreateCertificate(
  folder: string,
  { clock, random }: { readonly clock: Pick<Clock, 'now'>; readonly random: RandomBytes },
): Certificate {
  const path = join(folder, fileName)
  const known = read(path)
  if (known !== undefined) return known
  const created = createCertificate(clock.now(), random)
  const text = `${created.certificatePem.trimEnd()}\n${created.keyPem.expose()}`
  try {
    writeSecretFile(path, text, { replace: false })
  } catch (cause) {
    // Another process was faster: its certificate is the one.
    const theirs = read(path)
    if (theirs !== undefined) return theirs
    throw new CertificateError('certificate.unwritable', {}, { cause })
  }
  return created
}

function read(path: string): Certificate | undefined {
  const text = readIfThere(path)
  if (text === undefined) return undefined
  const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(text)?.[0]
  const key = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]+-----END [A-Z ]*PRIVATE KEY-----/.exec(text)?.[0]
  if (certificate === undefined || key === undefined) throw new CertificateError('certificate.malformed')
  return parseCertificate(`${certificate}\n`, `${key}\n`)
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw new CertificateError('certificate.unreadable', {}, { cause })
  }
}
