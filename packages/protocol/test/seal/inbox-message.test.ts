import fc from 'fast-check'
import { expect, test } from 'vitest'
import accounts from '../../../../vectors/accounts.json' with { type: 'json' }
import { accountKey } from '../../src/account/index.ts'
import { ed25519PublicKey, ed25519Signature, ed25519Verify, isValidPoint } from '../../src/crypto/index.ts'
import { decodeHex, padMessage, utf8Encode } from '../../src/encoding/index.ts'
import { SottoError } from '../../src/error/index.ts'
import { encodeInboxMessage, encodePaddedContent } from '../../src/message/index.ts'
import {
  boxSeedKeyPair,
  conversationOf,
  createProDecoy,
  type InboxSealing,
  openInboxMessage,
  sealInboxMessage,
  sealMessage,
  type TimedContent,
} from '../../src/seal/index.ts'
import { anyContent } from '../message/arbitrary.ts'
import { codeOf } from '../coded.ts'
import { alice, bob, carol, keysOf, pairOf } from './keys.ts'

const known = accounts.wireMessage
const decoy = new Uint8Array(64).fill(0xaa)
const sealing: InboxSealing = {
  sender: alice.ed25519,
  recipient: bob.accountId,
  ephemeral: pairOf(7),
  mark: { decoy },
}
const hello: TimedContent = { kind: 'message', body: 'hello bob', attachments: [], sentAt: 1_750_000_000_123 }

test('the known answer, byte for byte, and back', () => {
  const sender = keysOf(known.senderSeedHex)
  const recipient = keysOf(known.recipientSeedHex)
  const ephemeral = boxSeedKeyPair(new Uint8Array(32).fill(0x11))
  const content: TimedContent = {
    ...hello,
    profile: { name: 'Alice' },
    expiry: { mode: 'off', timerSeconds: 0 },
    sentAt: known.timestampMs,
  }
  const to = { sender: sender.ed25519, recipient: recipient.accountId, ephemeral, mark: { decoy } }
  expect(sealInboxMessage(content, to)).toEqual(decodeHex(known.webSocketMessageHex))
  expect(openInboxMessage(decodeHex(known.webSocketMessageHex), recipient.x25519)).toEqual({
    content,
    sender: sender.accountId,
    senderKey: sender.ed25519.publicKey,
    sentAt: known.timestampMs,
    sealed: decodeHex(known.sealedContentHex),
    proSignature: decoy,
  })
  const unmarked = openInboxMessage(decodeHex(known.withoutProSig.webSocketMessageHex), recipient.x25519)
  expect(unmarked).toMatchObject({ content, proSignature: undefined })
})

test('opening undoes sealing, to others and to oneself', () => {
  fc.assert(
    fc.property(anyContent, fc.integer({ min: 1, max: 2_000_000_000_000 }), (some, sentAt) => {
      const content: TimedContent = { ...some, sentAt }
      const data = sealInboxMessage(content, { ...sealing, recipient: alice.accountId })
      expect(openInboxMessage(data, alice.x25519)).toMatchObject({ content, sender: alice.accountId, sentAt })
    }),
    { numRuns: 50 },
  )
})

test('a rotating key signs the sealed bytes', () => {
  const data = sealInboxMessage(hello, { ...sealing, mark: { rotatingKeys: carol.ed25519 } })
  const { sealed, proSignature = new Uint8Array() } = openInboxMessage(data, bob.x25519)
  const key = ed25519PublicKey(carol.ed25519.publicKey)
  expect(ed25519Verify(key, sealed, ed25519Signature(proSignature))).toBe(true)
})

test('a decoy is a point and a scalar', () => {
  let byte = 0
  const drawn = createProDecoy(size => new Uint8Array(size).fill(++byte))
  expect(drawn).toHaveLength(64)
  expect(isValidPoint(ed25519PublicKey(drawn.slice(0, 32)))).toBe(true)
  expect(drawn[63]).toBeLessThanOrEqual(0x10)
})

test('the time inside must be that of the envelope; without one inside any is taken', () => {
  const seal = (content: TimedContent | { kind: 'receipt'; readMessages: number[] }, sentAt: number): Uint8Array => {
    const sealed = sealMessage(encodePaddedContent(content), alice.ed25519, accountKey(bob.accountId), pairOf(7))
    return encodeInboxMessage({ type: 'account', sentAt, content: sealed })
  }
  expect(codeOf(() => openInboxMessage(seal(hello, hello.sentAt + 1), bob.x25519))).toBe('seal.wrong-time')
  expect(openInboxMessage(seal({ kind: 'receipt', readMessages: [] }, 77), bob.x25519).sentAt).toBe(77)
})

test('only a message to oneself may be a copy', () => {
  const copy = { ...hello, syncTarget: carol.accountId }
  expect(codeOf(() => openInboxMessage(sealInboxMessage(copy, sealing), bob.x25519))).toBe('seal.foreign-copy')
  const own = { ...sealing, recipient: alice.accountId }
  expect(openInboxMessage(sealInboxMessage(copy, own), alice.x25519).content).toEqual(copy)
})

test('whose conversation it is', () => {
  const copy = { ...hello, syncTarget: carol.accountId }
  expect(conversationOf(hello, bob.accountId, alice.accountId)).toBe(bob.accountId)
  expect(conversationOf(copy, alice.accountId, alice.accountId)).toBe(carol.accountId)
  expect(conversationOf(hello, alice.accountId, alice.accountId)).toBe(alice.accountId)
  expect(conversationOf({ kind: 'receipt', readMessages: [] }, bob.accountId, alice.accountId)).toBe(bob.accountId)
})

test('version 2 is recognised before anything is parsed', () => {
  expect(codeOf(() => openInboxMessage(Uint8Array.of(0, 2, 1), bob.x25519))).toBe('seal.other-version')
})

test('what is sealed but no content', () => {
  const wrap = (padded: Uint8Array): Uint8Array => {
    const sealed = sealMessage(padded, alice.ed25519, accountKey(bob.accountId), pairOf(7))
    return encodeInboxMessage({ type: 'account', sentAt: 1, content: sealed })
  }
  expect(codeOf(() => openInboxMessage(wrap(new Uint8Array(160)), bob.x25519))).toBe('padding.only-zeros')
  expect(codeOf(() => openInboxMessage(wrap(new Uint8Array()), bob.x25519))).toBe('padding.only-zeros')
  expect(codeOf(() => openInboxMessage(wrap(padMessage(utf8Encode('\n\u0005'))), bob.x25519))).toBe('message.truncated')
})

test('a prefix or random bytes never open', () => {
  const data = sealInboxMessage(hello, sealing)
  fc.assert(
    fc.property(fc.nat(data.length - 3), fc.uint8Array({ maxLength: 300 }), (end, junk) => {
      expect(() => openInboxMessage(data.subarray(0, end), bob.x25519)).toThrow(SottoError)
      codeOf(() => openInboxMessage(data.subarray(0, end), bob.x25519))
      codeOf(() => openInboxMessage(junk, bob.x25519))
    }),
  )
})
