import { expect, test } from 'vitest'
import config from '../../../../vectors/config.json' with { type: 'json' }
import {
  Ed25519KeyPair,
  Ed25519Seed,
  ed25519Sign,
  ed25519PublicKey,
  ed25519Signature,
  ed25519Verify,
} from '../../src/crypto/index.ts'
import { decodeHex, utf8Encode } from '../../src/encoding/index.ts'
import {
  type Content,
  deriveProRotatingSeed,
  encodePaddedContent,
  decodePaddedContent,
  proProofHash,
  proStatus,
  roomProSignature,
  signForRoom,
  type VersionedProProof,
} from '../../src/message/index.ts'
import { codeOf } from '../coded.ts'

const backend = new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(1)))
const user = new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(2)))
const unsigned: VersionedProProof = {
  form: 'versioned',
  version: 0,
  genIndexHash: new Uint8Array(32).fill(3),
  rotatingPublicKey: user.publicKey,
  expiresAt: 1000,
  signature: new Uint8Array(64),
}
const proof = { ...unsigned, signature: ed25519Sign(backend, proProofHash(unsigned)) }
const content: Content = { kind: 'message', body: 'x', attachments: [], sentAt: 1000, pro: { proof, messageBits: 1n } }
const signed = utf8Encode('sealed')
const mark = { signed, signature: ed25519Sign(user, signed) }

test.for(config.vectors.filter(vector => vector.id === 'pro.rotating-seed'))('$what', ({ input, expect: want }) => {
  const { master_seed_hex: master, unix_ts: times } = input as { master_seed_hex: string; unix_ts: number[] }
  for (const [at, time] of times.entries()) {
    const seedAt = (seconds: number): Uint8Array =>
      deriveProRotatingSeed(new Ed25519Seed(decodeHex(master)), seconds).expose()
    expect(seedAt(time)).toEqual(decodeHex((want as string[])[at] ?? ''))
    const start = time - (time % 604_800)
    expect(seedAt(start)).toEqual(seedAt(start + 604_799))
    expect(seedAt(start)).not.toEqual(seedAt(start + 604_800))
  }
})

test('a whole claim', () => {
  expect(proStatus(content, mark, backend.publicKey)).toBe('valid')
  expect(proStatus({ ...content, sentAt: 1001 }, mark, backend.publicKey)).toBe('expired')
  expect(proStatus(content, mark, user.publicKey)).toBe('bad-backend-signature')
  expect(proStatus(content, { signed, signature: new Uint8Array(64) }, backend.publicKey)).toBe('bad-user-signature')
  expect(proStatus(content, { signed, signature: new Uint8Array(3) }, backend.publicKey)).toBe('bad-user-signature')
})

test('a claim of a form whose signed text is not known', () => {
  const { genIndexHash: revocationTag, ...rest } = proof
  const revocable = { ...rest, form: 'revocable', revocationTag } as const
  expect(proStatus({ ...content, pro: { proof: revocable } }, mark, backend.publicKey)).toBe('unknown-form')
  const later = { ...proof, version: 256 }
  expect(proStatus({ ...content, pro: { proof: later } }, mark, backend.publicKey)).toBe('unknown-form')
})

test('no claim, or none at any time', () => {
  expect(proStatus({ ...content, pro: {} }, mark, backend.publicKey)).toBeUndefined()
  expect(proStatus({ ...content, sentAt: undefined }, mark, backend.publicKey)).toBeUndefined()
})

test('in a room the signature goes over the padded content without it', () => {
  const posted = signForRoom(content, user)
  const signature = ed25519Signature(posted.communityProSignature ?? new Uint8Array())
  expect(ed25519Verify(ed25519PublicKey(user.publicKey), encodePaddedContent(content), signature)).toBe(true)
  expect(signForRoom(posted, user)).toEqual(posted)
  const received = decodePaddedContent(encodePaddedContent(posted))
  const sign = roomProSignature(received)
  expect(sign).toEqual({ signed: encodePaddedContent(content), signature })
  expect(proStatus(received, sign ?? mark, backend.publicKey)).toBe('valid')
  expect(roomProSignature(content)).toBeUndefined()
  expect(codeOf(() => signForRoom({ ...content, pro: {} }, user))).toBe('message.no-pro-proof')
  expect(codeOf(() => signForRoom(content, backend))).toBe('message.no-pro-proof')
})

test('a seed has a whole time', () => {
  expect(codeOf(() => deriveProRotatingSeed(new Ed25519Seed(new Uint8Array(32)), 0.5))).toBe('message.bad-value')
})
