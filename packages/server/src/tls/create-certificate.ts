import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import type { RandomBytes } from '@sotto/protocol/crypto'
import { encodeBase64 } from '@sotto/protocol/encoding'
import { parseCertificate, type Certificate } from './certificate.ts'
import {
  derBits,
  derObject,
  derOctets,
  derSequence,
  derSet,
  derTagged,
  derText,
  derTime,
  derTrue,
  derUnsigned,
} from './der.ts'

const dayMs = 86_400_000
const ecdsaWithSha256 = derSequence(derObject('2a8648ce3d040302'))
const commonName = derObject('550403')
const basicConstraints = derObject('551d13')

/**
 * Makes a self-signed certificate for a new P-256 key, valid from a day before `now` (Unix ms), because clocks differ,
 * for ten years. It names nobody: nodes are known by their Ed25519 keys, not by their certificates. Spec 70, X16.
 */
export function createCertificate(now: number, random: RandomBytes): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const unsigned = layOut(publicKey, now, random)
  const signature = sign('sha256', unsigned, privateKey)
  const certificate = derSequence(unsigned, ecdsaWithSha256, derBits(signature))
  return parseCertificate(
    formatPem('CERTIFICATE', certificate),
    privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  )
}

/** The part of a certificate of version 3 that is signed. RFC 5280 §4.1. */
function layOut(publicKey: KeyObject, now: number, random: RandomBytes): Uint8Array {
  const name = derSequence(derSet(derSequence(commonName, derText('node'))))
  const authority = derSequence(derSequence(basicConstraints, derTrue(), derOctets(derSequence(derTrue()))))
  return derSequence(
    derTagged(0, derUnsigned(Uint8Array.of(2))),
    // A leading bit that is always set keeps the length the same: 16 bytes of at most 20.
    derUnsigned(random(16).with(0, 0x5a)),
    ecdsaWithSha256,
    name,
    derSequence(derTime(now - dayMs), derTime(now + 3652 * dayMs)),
    name,
    Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' })),
    derTagged(3, authority),
  )
}

function formatPem(label: string, der: Uint8Array): string {
  const lines = encodeBase64(der).match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
