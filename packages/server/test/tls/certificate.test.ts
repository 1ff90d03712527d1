import { X509Certificate } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { sha256 } from '@sotto/protocol/crypto'
import { seededRandom } from '@sotto/testing'
import { expect, test } from 'vitest'
import { createCertificate, loadOrCreateCertificate, parseCertificate, systemRandom } from '@sotto/server'
import { temporaryFolder } from '../support/temporary-folder.ts'

const now = 1_782_000_000_000
const ports = { clock: { now: () => now }, random: systemRandom }

test('a certificate is self-signed, P-256, and good for ten years', () => {
  const made = createCertificate(now, seededRandom(1))
  const certificate = new X509Certificate(made.certificatePem)
  expect(certificate.verify(certificate.publicKey)).toBe(true)
  expect(certificate.publicKey.asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' })
  expect(certificate.subject).toBe('CN=node')
  expect(certificate.issuer).toBe('CN=node')
  expect(certificate.ca).toBe(true)
  expect(certificate.serialNumber).toMatch(/^5A[0-9A-F]{30}$/)
  expect(certificate.validFromDate.getTime()).toBe(now - 86_400_000)
  expect(certificate.validToDate.getTime()).toBe(now + 3652 * 86_400_000)
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' })
  expect(made.spkiHash).toEqual(sha256(Uint8Array.from(spki)))
})

test('times after 2049 are written in the other form', () => {
  const late = Date.UTC(2045, 0, 1)
  const certificate = new X509Certificate(createCertificate(late, seededRandom(1)).certificatePem)
  expect(certificate.validToDate.getTime()).toBe(late + 3652 * 86_400_000)
})

test('its key prints as a placeholder', () => {
  const { keyPem } = createCertificate(now, seededRandom(1))
  expect([String(keyPem), JSON.stringify({ keyPem }), inspect(keyPem)].join()).not.toContain('PRIVATE')
  expect(keyPem.expose()).toContain('PRIVATE')
})

test('the first start makes it, later ones find it, nobody else may read it', () => {
  const folder = temporaryFolder()
  const first = loadOrCreateCertificate(folder, ports)
  const second = loadOrCreateCertificate(folder, ports)
  expect(second.certificatePem.trim()).toBe(first.certificatePem.trim())
  expect(second.keyPem.expose().trim()).toBe(first.keyPem.expose().trim())
  expect(second.spkiHash).toEqual(first.spkiHash)
  expect(statSync(join(folder, 'tls.pem')).mode & 0o777).toBe(0o600)
})

test.for([
  ['empty', () => ''],
  ['no key', (text: string) => text.slice(0, text.indexOf('-----BEGIN PRIVATE'))],
  ['no certificate', (text: string) => text.slice(text.indexOf('-----BEGIN PRIVATE'))],
  ['cut', (text: string) => text.replace(/[^-]{40}-----END CERT/, '-----END CERT')],
  ['changed', (text: string) => text.replace(/(?<=BEGIN CERTIFICATE-----\n)...../, 'AAAAA')],
  [
    'the key of another',
    (text: string) => text.replace(/-----BEGIN PRIVATE[^]*/, createCertificate(now, systemRandom).keyPem.expose()),
  ],
] as const)('a damaged file is refused and left alone: %s', ([, damage]) => {
  const folder = temporaryFolder()
  loadOrCreateCertificate(folder, ports)
  const path = join(folder, 'tls.pem')
  const damaged = damage(readFileSync(path, 'utf8'))
  writeFileSync(path, damaged)
  expect(() => loadOrCreateCertificate(folder, ports)).toThrow(/certificate\.malformed/)
  expect(readFileSync(path, 'utf8')).toBe(damaged)
})

test('a file that cannot be read or written is a typed error', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'tls.pem'))
  expect(() => loadOrCreateCertificate(folder, ports)).toThrow(/certificate\.unreadable/)
  expect(() => loadOrCreateCertificate(join(folder, 'missing'), ports)).toThrow(/certificate\.unwritable/)
})

test('parts that are no PEM at all are refused', () => {
  expect(() => parseCertificate('x', 'y')).toThrow(/certificate\.malformed/)
})

test('an existing file keeps its rights', () => {
  const folder = temporaryFolder()
  loadOrCreateCertificate(folder, ports)
  chmodSync(join(folder, 'tls.pem'), 0o400)
  expect(() => loadOrCreateCertificate(folder, ports)).not.toThrow()
})
