import { anyBitFlip, anyBytes, anyEd25519KeyPair, anyInput, anyNonce24, bytesOf } from '@sotto/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import accounts from '../../../../vectors/accounts.json' with { type: 'json' }
import servers from '../../../../vectors/servers.json' with { type: 'json' }
import { formatAccountId, formatBlindedId15, parseBlindedId, parseBlindedId15 } from '../../src/account/index.ts'
import {
  type BlindedKeyPair,
  deriveBlinded15KeyPair,
  deriveBlinded25KeyPair,
  flippedBlindedId15,
  openBlindedMessage,
  sealBlindedMessage,
} from '../../src/blinding/index.ts'
import {
  blake2b,
  ed25519KeyPairToX25519,
  Ed25519KeyPair,
  ed25519PublicKey,
  Ed25519Seed,
  multiplyPoint,
  nonce24,
  privateScalar,
  SymmetricKey,
  x25519PublicKey,
  xchacha20poly1305Seal,
} from '../../src/crypto/index.ts'
import { concatBytes, decodeHex, encodeHex, padMessage, unpadMessage } from '../../src/encoding/index.ts'
import { codeOf } from '../coded.ts'

const derivers = [deriveBlinded15KeyPair, deriveBlinded25KeyPair]
const server = x25519PublicKey(new Uint8Array(32).fill(9))
const [alice, bob, carol] = [1, 2, 3].map(byte => new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(byte))))
const nonce = nonce24(new Uint8Array(24).fill(4))
const content = Uint8Array.of(1, 2, 3)

function pair(derive: (typeof derivers)[number], keyPair: Ed25519KeyPair | undefined): BlindedKeyPair {
  if (keyPair === undefined) throw new Error('no key pair')
  return derive(keyPair, server)
}

function accountOf({ account }: BlindedKeyPair): string {
  return formatAccountId(ed25519KeyPairToX25519(account).publicKey)
}

test.for(accounts.blindedMessages)('known answer: $what', known => {
  const knownServer = x25519PublicKey(decodeHex(known.serverPubkeyHex))
  const derive = known.senderBlindedId.startsWith('15') ? deriveBlinded15KeyPair : deriveBlinded25KeyPair
  const sender = derive(new Ed25519KeyPair(new Ed25519Seed(decodeHex(known.senderSeedHex))), knownServer)
  const recipient = derive(new Ed25519KeyPair(new Ed25519Seed(decodeHex(known.recipientSeedHex))), knownServer)
  expect([sender.id, recipient.id]).toEqual([known.senderBlindedId, known.recipientBlindedId])
  const padded = padMessage(decodeHex(known.unpaddedHex))
  const sealed = sealBlindedMessage(padded, sender, recipient.id, nonce24(decodeHex(known.nonceHex)))
  expect(encodeHex(sealed)).toBe(known.ciphertextHex)
  for (const reader of [sender, recipient]) {
    const opened = openBlindedMessage(sealed, reader, { sender: sender.id, recipient: recipient.id })
    expect(encodeHex(unpadMessage(opened.content))).toBe(known.unpaddedHex)
    expect(opened.sender).toBe(known.recoveredAccountId)
  }
})

test.for(servers.blinded_dm.cases)('known answer: from $sender_id to $recipient_id', known => {
  const knownServer = x25519PublicKey(decodeHex(servers.blinded_dm.server_pubkey))
  const derive = known.sender_id.startsWith('15') ? deriveBlinded15KeyPair : deriveBlinded25KeyPair
  const recipient = derive(new Ed25519KeyPair(new Ed25519Seed(decodeHex(known.recipient_seed))), knownServer)
  const route = { sender: parseBlindedId(known.sender_id), recipient: parseBlindedId(known.recipient_id) }
  const opened = openBlindedMessage(decodeHex(known.ciphertext), recipient, route)
  expect(encodeHex(opened.content)).toBe(known.plaintext)
  expect(opened.sender).toBe(known.sender_session_id)
})

test('both sides open what one of them sealed, and nobody opens it changed', () => {
  const anyServer = bytesOf(32).map(x25519PublicKey)
  const parts = fc.tuple(anyEd25519KeyPair(), anyEd25519KeyPair(), anyServer, anyBytes(), anyNonce24())
  fc.assert(
    fc.property(parts, fc.constantFrom(...derivers), fc.nat(), ([one, two, community, text, drawn], derive, at) => {
      const sender = derive(one, community)
      const recipient = derive(two, community)
      const route = { sender: sender.id, recipient: recipient.id }
      const sealed = sealBlindedMessage(text, sender, recipient.id, drawn)
      for (const reader of [sender, recipient]) {
        expect(openBlindedMessage(sealed, reader, route)).toEqual({ content: text, sender: accountOf(sender) })
      }
      const changed = sealed.map((byte, index) => (index === at % sealed.length ? byte ^ 1 : byte))
      expect(codeOf(() => openBlindedMessage(changed, recipient, route))).toMatch(/open-failed|bad-version/)
    }),
    { numRuns: 25 },
  )
})

test('a 15 message to the id of the other sign opens for both', () => {
  const sender = pair(deriveBlinded15KeyPair, alice)
  const recipient = pair(deriveBlinded15KeyPair, bob)
  const flipped = flippedBlindedId15(parseBlindedId15(recipient.id))
  const sealed = sealBlindedMessage(content, sender, flipped, nonce)
  const route = { sender: sender.id, recipient: flipped }
  expect(openBlindedMessage(sealed, recipient, route)).toEqual({ content, sender: accountOf(sender) })
  expect(openBlindedMessage(sealed, sender, route)).toEqual({ content, sender: accountOf(sender) })
  expect(codeOf(() => openBlindedMessage(sealed, recipient, { ...route, recipient: recipient.id }))).toBe(
    'blinding.open-failed',
  )
})

test('a message to oneself opens', () => {
  for (const derive of derivers) {
    const own = pair(derive, alice)
    const sealed = sealBlindedMessage(content, own, own.id, nonce)
    expect(openBlindedMessage(sealed, own, { sender: own.id, recipient: own.id }).sender).toBe(accountOf(own))
  }
})

test('every prefix is refused', () => {
  const sender = pair(deriveBlinded25KeyPair, alice)
  const recipient = pair(deriveBlinded25KeyPair, bob)
  const route = { sender: sender.id, recipient: recipient.id }
  const sealed = sealBlindedMessage(content, sender, recipient.id, nonce)
  for (let length = 0; length < sealed.length; length++) {
    const code = codeOf(() => openBlindedMessage(sealed.subarray(0, length), recipient, route))
    expect(code).toBe(length < 73 ? 'blinding.too-short' : 'blinding.open-failed')
  }
})

test('more bytes than a message has are not looked at', () => {
  const own = pair(deriveBlinded15KeyPair, alice)
  const route = { sender: own.id, recipient: own.id }
  expect(codeOf(() => openBlindedMessage(new Uint8Array(76_801), own, route))).toBe('blinding.too-long')
  expect(codeOf(() => openBlindedMessage(new Uint8Array(76_800), own, route))).toBe('blinding.open-failed')
  expect(codeOf(() => openBlindedMessage(new Uint8Array(99).fill(1), own, route))).toBe('blinding.bad-version')
})

test('both ids and the reader are of one scheme, and the reader is one of them', () => {
  const [a15, b15, c15] = [alice, bob, carol].map(keyPair => pair(deriveBlinded15KeyPair, keyPair))
  if (a15 === undefined || b15 === undefined || c15 === undefined) throw new Error('no key pairs')
  const a25 = pair(deriveBlinded25KeyPair, alice)
  const sealed = sealBlindedMessage(content, a15, b15.id, nonce)
  const open = (reader: BlindedKeyPair, sender: BlindedKeyPair, recipient: BlindedKeyPair) => (): unknown =>
    openBlindedMessage(sealed, reader, { sender: sender.id, recipient: recipient.id })
  expect(codeOf(() => sealBlindedMessage(content, a25, b15.id, nonce))).toBe('blinding.mixed-schemes')
  expect(codeOf(open(a25, a15, b15))).toBe('blinding.mixed-schemes')
  expect(codeOf(open(b15, a25, b15))).toBe('blinding.mixed-schemes')
  expect(codeOf(open(a15, a15, a25))).toBe('blinding.mixed-schemes')
  expect(codeOf(open(c15, a15, b15))).toBe('blinding.not-addressed')
})

test('an id that holds no point can neither be written to nor read from', () => {
  const own = pair(deriveBlinded15KeyPair, alice)
  const bad = formatBlindedId15(ed25519PublicKey(Uint8Array.of(2, ...new Uint8Array(31))))
  expect(codeOf(() => sealBlindedMessage(content, own, bad, nonce))).toBe('blinding.bad-key')
  expect(codeOf(() => openBlindedMessage(new Uint8Array(99), own, { sender: bad, recipient: own.id }))).toBe(
    'blinding.bad-key',
  )
})

test('whoever names a key that is not theirs is refused', () => {
  const recipient = pair(deriveBlinded15KeyPair, bob)
  const sender = pair(deriveBlinded15KeyPair, alice)
  const shared = multiplyPoint(privateScalar(sender.account), recipient.publicKey)
  const key = new SymmetricKey(blake2b(32, shared, sender.publicKey, recipient.publicKey))
  const route = { sender: sender.id, recipient: recipient.id }
  const forge = (claimed: Uint8Array): Uint8Array =>
    concatBytes(Uint8Array.of(0), xchacha20poly1305Seal(key, nonce, concatBytes(content, claimed)), nonce)
  const open = (claimed: Uint8Array) => (): unknown => openBlindedMessage(forge(claimed), recipient, route)
  expect(codeOf(open(pair(deriveBlinded15KeyPair, carol).account.publicKey))).toBe('blinding.wrong-sender')
  expect(codeOf(open(Uint8Array.of(2, ...new Uint8Array(31))))).toBe('blinding.bad-key')
  expect(codeOf(open(sender.account.publicKey))).toBeUndefined()
})

test('hostile bytes give a coded error', () => {
  const sender = pair(deriveBlinded15KeyPair, alice)
  const recipient = pair(deriveBlinded15KeyPair, bob)
  const route = { sender: sender.id, recipient: recipient.id }
  const sealed = sealBlindedMessage(content, sender, recipient.id, nonce)
  fc.assert(
    fc.property(anyInput(fc.constant(sealed)), bytes => void codeOf(() => openBlindedMessage(bytes, recipient, route))),
  )
  fc.assert(
    fc.property(anyBitFlip(sealed), bytes => codeOf(() => openBlindedMessage(bytes, recipient, route)) !== undefined),
  )
})
