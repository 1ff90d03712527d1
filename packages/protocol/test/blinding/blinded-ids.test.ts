import { anyEd25519KeyPair, bytesOf, VectorCase } from '@sotto/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import accounts from '../../../../vectors/accounts.json' with { type: 'json' }
import servers from '../../../../vectors/servers.json' with { type: 'json' }
import {
  formatAccountId,
  formatBlindedId15,
  isBlindedId15,
  parseAccountId,
  parseBlindedId,
  parseBlindedId15,
} from '../../src/account/index.ts'
import {
  absoluteBlindedId15,
  blinded15Candidates,
  blinded15IdOfKey,
  blinded25Id,
  blinded25IdOfKey,
  blinding15Factor,
  blindingScheme,
  deriveBlinded15KeyPair,
  deriveBlinded25KeyPair,
  flippedBlindedId15,
  isBlindedIdOf,
  unblind15,
} from '../../src/blinding/index.ts'
import {
  ed25519KeyPairToX25519,
  Ed25519KeyPair,
  ed25519PublicKey,
  Ed25519Seed,
  ed25519ToX25519,
  x25519PublicKey,
} from '../../src/crypto/index.ts'
import { decodeHex, encodeHex } from '../../src/encoding/index.ts'
import { codeOf } from '../coded.ts'

const anyServer = bytesOf(32).map(x25519PublicKey)
/** No point of the curve has this y coordinate. */
const noPoint = '02'.padEnd(64, '0')

test.for(accounts.blindedIds)('known answer: $what', members => {
  const known = new VectorCase(members)
  const account = parseAccountId(known.text('accountId'))
  const server = x25519PublicKey(known.hex('serverPubkeyHex'))
  if (known.has('id25')) expect(blinded25Id(account, server)).toBe(known.text('id25'))
  if (known.has('wireId15')) {
    expect(blinded15Candidates(account, server)).toEqual(known.raw('candidates15'))
    expect(isBlindedIdOf(parseBlindedId(known.text('wireId15')), account, server)).toBe(true)
  }
  if (known.has('seedHex')) {
    const keyPair = new Ed25519KeyPair(new Ed25519Seed(known.hex('seedHex')))
    const pair15 = deriveBlinded15KeyPair(keyPair, server)
    const pair25 = deriveBlinded25KeyPair(keyPair, server)
    expect(pair15.id).toBe(known.text('id15'))
    expect(pair15.factor.expose()).toEqual(known.hex('k15Hex'))
    expect(pair15.secret.expose()).toEqual(known.hex('blinded15SecretHex'))
    expect(pair25.id).toBe(known.text('id25'))
    expect(pair25.factor.expose()).toEqual(known.hex('k25Hex'))
    expect(pair25.secret.expose()).toEqual(known.hex('blinded25SecretHex'))
  }
  known.assertAllRead()
})

test('known answers: 20 accounts on one server', () => {
  const { server_pubkey: serverKey, k, cases } = servers.blind15_ids
  const server = x25519PublicKey(decodeHex(serverKey))
  expect(encodeHex(blinding15Factor(server).expose())).toBe(k)
  for (const { ed25519_seed: seed, session_id: account, blinded15_id: id, blinded15_abs_id: absolute } of cases) {
    const keyPair = new Ed25519KeyPair(new Ed25519Seed(decodeHex(seed)))
    expect(deriveBlinded15KeyPair(keyPair, server).id).toBe(id)
    expect(absoluteBlindedId15(parseBlindedId15(id))).toBe(absolute)
    expect(blinded15Candidates(parseAccountId(account), server).map(absoluteBlindedId15)).toEqual([absolute, absolute])
  }
})

test.for(servers.unblind15.cases)('known answer: $what', known => {
  const server = x25519PublicKey(decodeHex(known.server_pubkey))
  const key = unblind15(parseBlindedId15(known.blinded15_id), server)
  expect(encodeHex(key)).toBe(known.ed25519_pubkey)
  expect(formatAccountId(ed25519ToX25519(key))).toBe(known.session_id)
  expect(blinded25IdOfKey(key, server)).toBe(known.blinded25_id_same_server)
})

test('the id of a key pair is found from its key and from its account id, and leads back', () => {
  fc.assert(
    fc.property(anyEd25519KeyPair(), anyServer, (keyPair, server) => {
      const account = formatAccountId(ed25519KeyPairToX25519(keyPair).publicKey)
      const pair15 = deriveBlinded15KeyPair(keyPair, server)
      const pair25 = deriveBlinded25KeyPair(keyPair, server)
      expect(blinded15IdOfKey(keyPair.publicKey, server)).toBe(pair15.id)
      expect(blinded15Candidates(account, server)).toContain(pair15.id)
      expect(blinded25IdOfKey(keyPair.publicKey, server)).toBe(pair25.id)
      expect(blinded25Id(account, server)).toBe(pair25.id)
      expect(isBlindedIdOf(pair15.id, account, server)).toBe(true)
      expect(isBlindedIdOf(pair25.id, account, server)).toBe(true)
      expect(unblind15(parseBlindedId15(pair15.id), server)).toEqual(keyPair.publicKey)
    }),
    { numRuns: 25 },
  )
})

test('an id matches neither another account nor another server', () => {
  fc.assert(
    fc.property(anyEd25519KeyPair(), anyEd25519KeyPair(), anyServer, anyServer, (keyPair, stranger, server, other) => {
      fc.pre(encodeHex(keyPair.publicKey) !== encodeHex(stranger.publicKey) && encodeHex(server) !== encodeHex(other))
      const account = formatAccountId(ed25519KeyPairToX25519(keyPair).publicKey)
      for (const derive of [deriveBlinded15KeyPair, deriveBlinded25KeyPair]) {
        expect(isBlindedIdOf(derive(stranger, server).id, account, server)).toBe(false)
        expect(isBlindedIdOf(derive(keyPair, other).id, account, server)).toBe(false)
      }
    }),
    { numRuns: 15 },
  )
})

test('flipping the sign twice changes nothing, clearing it is the same for both', () => {
  fc.assert(
    fc.property(bytesOf(32), bytes => {
      const id = formatBlindedId15(ed25519PublicKey(bytes))
      const flipped = flippedBlindedId15(id)
      expect(flipped).not.toBe(id)
      expect(flippedBlindedId15(flipped)).toBe(id)
      expect(absoluteBlindedId15(flipped)).toBe(absoluteBlindedId15(id))
      expect([id, flipped]).toContain(absoluteBlindedId15(id))
    }),
  )
})

test('the scheme is the prefix', () => {
  expect(blindingScheme(parseBlindedId(`15${noPoint}`))).toBe('15')
  expect(blindingScheme(parseBlindedId(`25${noPoint}`))).toBe('25')
})

test('keys that are no points are refused, and match nothing', () => {
  const server = x25519PublicKey(new Uint8Array(32).fill(7))
  const badKey = ed25519PublicKey(decodeHex(noPoint))
  // u = -1 has no Edwards form.
  const badAccount = parseAccountId(`05ec${'ff'.repeat(30)}7f`)
  expect(codeOf(() => blinded15IdOfKey(badKey, server))).toBe('blinding.bad-key')
  expect(codeOf(() => blinded25IdOfKey(badKey, server))).toBe('blinding.bad-key')
  expect(codeOf(() => blinded15Candidates(badAccount, server))).toBe('blinding.bad-key')
  expect(codeOf(() => blinded25Id(badAccount, server))).toBe('blinding.bad-key')
  expect(codeOf(() => unblind15(formatBlindedId15(badKey), server))).toBe('blinding.bad-key')
  for (const id of [`15${noPoint}`, `25${noPoint}`].map(parseBlindedId)) {
    expect(isBlindedIdOf(id, badAccount, server)).toBe(false)
    expect(isBlindedId15(id)).toBe(id.startsWith('15'))
  }
})

test('any account id gives ids or a coded error', () => {
  fc.assert(
    fc.property(bytesOf(32), anyServer, (bytes, server) => {
      const account = formatAccountId(x25519PublicKey(bytes))
      codeOf(() => blinded15Candidates(account, server))
      codeOf(() => blinded25Id(account, server))
    }),
    { numRuns: 50 },
  )
})
