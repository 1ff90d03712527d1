import { anyBytes, anyEd25519KeyPair, bytesOf, VectorCase } from '@sotto/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import servers from '../../../../vectors/servers.json' with { type: 'json' }
import { blindedKey } from '../../src/account/index.ts'
import { blindedSign, deriveBlinded15KeyPair, deriveBlinded25KeyPair } from '../../src/blinding/index.ts'
import { Ed25519KeyPair, Ed25519Seed, ed25519Verify, x25519PublicKey } from '../../src/crypto/index.ts'
import { encodeHex, utf8Encode } from '../../src/encoding/index.ts'

test.for(servers.blind15_sign.cases)('known answer: 15 signature of $message_utf8', members => {
  const known = new VectorCase(members)
  const keyPair = new Ed25519KeyPair(new Ed25519Seed(known.hex('ed25519_seed')))
  const blinded = deriveBlinded15KeyPair(keyPair, x25519PublicKey(known.hex('server_pubkey')))
  const message = utf8Encode(known.text('message_utf8'))
  expect(blinded.id).toBe(known.text('blinded15_id'))
  expect(blinded.factor.expose()).toEqual(known.hex('k'))
  expect(blinded.secret.expose()).toEqual(known.hex('ka'))
  expect(blindedSign(blinded, message)).toEqual(known.hex('sig_nonce_seed32'))
  expect(blindedSign(blinded, message, 'secret-key')).toEqual(known.hex('sig_nonce_sk64'))
  known.assertAllRead()
})

test.for(servers.blind25_sign.cases)('known answer: 25 signature of $message_utf8', known => {
  const keyPair = new Ed25519KeyPair(new Ed25519Seed(new VectorCase(known).hex('ed25519_seed')))
  const blinded = deriveBlinded25KeyPair(keyPair, x25519PublicKey(new VectorCase(known).hex('server_pubkey')))
  expect(encodeHex(blindedSign(blinded, utf8Encode(known.message_utf8)))).toBe(known.signature)
  expect(blinded.id).toBe(known.blinded25_id)
})

test('every recipe gives a signature that verifies under the id, and under no changed message', () => {
  const anyServer = bytesOf(32).map(x25519PublicKey)
  fc.assert(
    fc.property(anyEd25519KeyPair(), anyServer, anyBytes(), (keyPair, server, message) => {
      const pair15 = deriveBlinded15KeyPair(keyPair, server)
      const pair25 = deriveBlinded25KeyPair(keyPair, server)
      const signed = [
        { pair: pair15, signature: blindedSign(pair15, message, 'seed') },
        { pair: pair15, signature: blindedSign(pair15, message, 'secret-key') },
        { pair: pair25, signature: blindedSign(pair25, message) },
      ]
      for (const { pair, signature } of signed) {
        expect(ed25519Verify(blindedKey(pair.id), message, signature)).toBe(true)
        expect(ed25519Verify(blindedKey(pair.id), Uint8Array.of(...message, 0), signature)).toBe(false)
      }
      expect(new Set(signed.map(({ signature }) => encodeHex(signature))).size).toBe(3)
    }),
    { numRuns: 25 },
  )
})
