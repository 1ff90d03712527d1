import { VectorCase } from '@sotto/testing'
import { expect, test } from 'vitest'
import accounts from '../../../../vectors/accounts.json' with { type: 'json' }
import servers from '../../../../vectors/servers.json' with { type: 'json' }
import { deriveVersionCheckIdentity, signFileServerRequest, versionCheckKey } from '../../src/account/index.ts'
import { Ed25519Seed, ed25519Signature, ed25519Verify } from '../../src/crypto/index.ts'
import { concatBytes, decodeBase64, decodeHex, encodeBase64, utf8Encode } from '../../src/encoding/index.ts'
import { codeOf } from '../coded.ts'

const identity = deriveVersionCheckIdentity(new Ed25519Seed(decodeHex(accounts.versionBlinding.seedHex)))

/** Takes apart what was signed: digits, capitals, and a path from the first slash on. */
function requestOf(signed: string): { sentAtSeconds: number; method: string; path: string } {
  const [, digits = '', method = '', path = ''] = /^(\d+)([A-Z]+)(\/.*)$/.exec(signed) ?? []
  return { sentAtSeconds: Number(digits), method, path }
}

test('known answer: key and signature', () => {
  const known = new VectorCase(accounts.versionBlinding)
  const derived = deriveVersionCheckIdentity(new Ed25519Seed(known.hex('seedHex')))
  expect(derived.keyPair.seed.expose()).toEqual(known.hex('blindedSeedHex'))
  expect(derived.id).toBe(known.text('id'))
  expect(signFileServerRequest(derived, requestOf(known.text('signedText')))).toEqual({
    'X-FS-Pubkey': derived.id,
    'X-FS-Timestamp': '1234567890',
    'X-FS-Signature': encodeBase64(known.hex('signatureHex')),
  })
  known.assertAllRead()
})

test.for(servers.version_blind07.cases)('known answer: $what', members => {
  const known = new VectorCase(members)
  const derived = deriveVersionCheckIdentity(new Ed25519Seed(known.hex('ed25519_seed')))
  const { publicKey, seed } = derived.keyPair
  expect(seed.expose()).toEqual(known.has('derived_seed') ? known.hex('derived_seed') : identity.keyPair.seed.expose())
  expect(publicKey).toEqual(known.has('pubkey') ? known.hex('pubkey') : identity.keyPair.publicKey)
  expect(derived.id).toBe(known.has('x_fs_pubkey') ? known.text('x_fs_pubkey') : identity.id)
  const request = requestOf(known.text('signed_utf8'))
  expect(request.sentAtSeconds).toBe(known.number('timestamp'))
  expect(decodeBase64(signFileServerRequest(derived, request)['X-FS-Signature'])).toEqual(known.hex('signature'))
  known.assertAllRead()
})

test('a body is signed after the path', () => {
  const body = Uint8Array.of(1, 2, 3)
  const headers = signFileServerRequest(identity, { method: 'POST', path: '/x', sentAtSeconds: 5, body })
  const signature = ed25519Signature(decodeBase64(headers['X-FS-Signature']))
  const signed = concatBytes(utf8Encode('5POST/x'), body)
  expect(ed25519Verify(versionCheckKey(identity.id), signed, signature)).toBe(true)
})

test.for([-1, 0.5, NaN, Infinity, 2 ** 53])('%s is no time', sentAtSeconds => {
  expect(codeOf(() => signFileServerRequest(identity, { method: 'GET', path: '/', sentAtSeconds }))).toBe(
    'account.bad-time',
  )
})
