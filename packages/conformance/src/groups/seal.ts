import { parseAccountId, parseBlindedId } from '@sotto/protocol/account'
import {
  deriveBlinded15KeyPair,
  deriveBlinded25KeyPair,
  openBlindedMessage,
  sealBlindedMessage,
} from '@sotto/protocol/blinding'
import { nonce24, X25519KeyPair, x25519PublicKey, X25519SecretKey } from '@sotto/protocol/crypto'
import { decodeBase64, padMessage, unpadMessage } from '@sotto/protocol/encoding'
import { type Content, encodeContent, encodeEnvelope, encodeInboxMessage, decodeContent } from '@sotto/protocol/message'
import {
  boxSeedKeyPair,
  openInboxMessage,
  openMessage,
  sealInboxMessage,
  sealMessage,
  sealMessageDeterministically,
  signForRecipient,
  type TimedContent,
  unwrapLegacyConfig,
  wrapLegacyConfig,
} from '@sotto/protocol/seal'
import { hashMessage, toNamespace } from '@sotto/protocol/storage'
import { parseSwarmOwner } from '@sotto/protocol/swarm'
import type { CaseReader } from '../case-reader.ts'
import type { Runner } from '../runner.ts'
import { multiRecipientRunners } from './seal-multi.ts'
import { keysIn, type SeedKeys } from './seal-keys.ts'
import { protocolV2Draft } from './seal-v2.ts'

/** Runners for the groups of `@sotto/protocol/seal`. */
export const sealRunners: readonly Runner[] = [
  { group: 'sessionProtocolV1', has: ['plaintextHex', 'ciphertextHex'], run: deterministic },
  { group: 'sessionProtocolV1', has: ['unpaddedHex', 'ephemeralSeedHex', 'ciphertextHex'], run: fixedEphemeral },
  { group: 'sessionProtocolV1', has: ['unpaddedHex', 'ciphertextHex'], run: noteToSelf },
  { group: 'sessionProtocolV1', has: ['ciphertextHex', 'expect'], run: refused },
  { group: 'wireMessage', has: ['contentHex', 'webSocketMessageHex'], run: wireMessage },
  { group: 'session_encrypt', has: ['sign_for_recipient', 'ciphertext_deterministic'], run: sessionEncrypt },
  { group: 'legacy_wrap', has: ['seed', 'data', 'wrapped'], run: legacyWrap },
  { group: 'protocolV2Draft', has: ['accountKeySeedHex', 'mlkemCoinsHex'], run: protocolV2Draft },
  ...multiRecipientRunners,
]

interface Peers {
  readonly sender: SeedKeys
  readonly recipient: SeedKeys
}

function peersOf(c: CaseReader): Peers {
  const peers = { sender: keysIn(c, 'senderSeedHex'), recipient: keysIn(c, 'recipientSeedHex') }
  c.expect('senderAccountId', peers.sender.accountId)
  c.expect('recipientAccountId', peers.recipient.accountId)
  return peers
}

function deterministic(c: CaseReader): void {
  const { sender, recipient } = peersOf(c)
  const plaintext = c.hex('plaintextHex')
  c.expectHex('ciphertextHex', sealMessageDeterministically(plaintext, sender.ed25519, recipient.x25519.publicKey))
  expectOpened(c, sender, recipient)
  c.expectHex('plaintextHex', openMessage(c.hex('ciphertextHex'), recipient.x25519).content)
}

function fixedEphemeral(c: CaseReader): void {
  const { sender, recipient } = peersOf(c)
  const padded = padMessage(c.hex('unpaddedHex'))
  c.expect('paddedLength', padded.length)
  const to = recipient.x25519.publicKey
  c.expectHex('innerSignatureHex', signForRecipient(padded, sender.ed25519, to).subarray(-64))
  const ephemeral = boxSeedKeyPair(c.hex('ephemeralSeedHex'))
  c.expectHex('ciphertextHex', sealMessage(padded, sender.ed25519, to, ephemeral))
  expectOpened(c, sender, recipient)
  c.expectHex('unpaddedHex', unpadMessage(openMessage(c.hex('ciphertextHex'), recipient.x25519).content))
}

function noteToSelf(c: CaseReader): void {
  const { sender } = peersOf(c)
  const padded = padMessage(c.hex('unpaddedHex'))
  c.expectHex('ciphertextHex', sealMessageDeterministically(padded, sender.ed25519, sender.x25519.publicKey))
  expectOpened(c, sender, sender)
  c.expectHex('unpaddedHex', unpadMessage(openMessage(c.hex('ciphertextHex'), sender.x25519).content))
}

function expectOpened(c: CaseReader, sender: SeedKeys, recipient: SeedKeys): void {
  const opened = openMessage(c.hex('ciphertextHex'), recipient.x25519)
  c.expect('senderAccountId', opened.sender)
  c.demand('senderSeedHex', opened.sender === sender.accountId, 'is not that of who signed')
}

/** The file's words for a refusal are its own. */
function refused(c: CaseReader): void {
  const { recipient } = peersOf(c)
  const code = c.expectThrows('ciphertextHex', () => openMessage(c.hex('ciphertextHex'), recipient.x25519))
  c.expect('expect', code === 'seal.bad-signature' ? 'signature-invalid' : code)
}

/** The case says in words that the ephemeral seed is 32 times 11, the Pro signature 64 times aa. */
function wireMessage(c: CaseReader): void {
  const sender = keysIn(c, 'senderSeedHex')
  const recipient = keysIn(c, 'recipientSeedHex')
  const sentAt = c.number('timestampMs')
  const content: TimedContent = {
    kind: 'message',
    body: 'hello bob',
    attachments: [],
    profile: { name: 'Alice' },
    expiry: { mode: 'off', timerSeconds: 0 },
    sentAt,
  }
  c.expectHex('contentHex', encodeContent(content))
  c.expectHex('contentHex', encodeContent(decodeContent(c.hex('contentHex'))))
  const ephemeral = boxSeedKeyPair(new Uint8Array(32).fill(0x11))
  const decoy = new Uint8Array(64).fill(0xaa)
  const sealing = { sender: sender.ed25519, recipient: recipient.accountId, ephemeral, mark: { decoy } }
  const data = sealInboxMessage(content, sealing)
  c.expectHex('webSocketMessageHex', data)
  c.expectBase64('storeDataBase64', data)
  const opened = openInboxMessage(decodeBase64(c.text('storeDataBase64')), recipient.x25519)
  c.expectHex('sealedContentHex', opened.sealed)
  c.demand('senderSeedHex', opened.sender === sender.accountId, 'is not that of who signed')
  c.expectHex('contentHex', encodeContent(opened.content))
  const envelope = { type: 'account', sentAt, content: opened.sealed, sourceDevice: 1 } as const
  c.expectHex('envelopeWithProSigHex', encodeEnvelope({ ...envelope, proSignature: decoy }))
  c.expect('messageHashInNamespace0', hashIn0(recipient, data))
  const bare = c.object('withoutProSig')
  bare.expectHex('webSocketMessageHex', encodeInboxMessage(envelope))
  bare.expect('messageHashInNamespace0', hashIn0(recipient, encodeInboxMessage(envelope)))
}

function hashIn0(recipient: SeedKeys, data: Uint8Array): string {
  return hashMessage(parseSwarmOwner(recipient.accountId), toNamespace(0), data)
}

/** `random` holds the secret ephemeral key. */
function sessionEncrypt(c: CaseReader): void {
  const sender = keysIn(c, 'sender_seed')
  const recipient = keysIn(c, 'recipient_seed')
  c.expect('sender_account_id', sender.accountId)
  c.expect('recipient_account_id', recipient.accountId)
  const message = c.hex('message')
  const to = recipient.x25519.publicKey
  c.expectHex('sign_for_recipient', signForRecipient(message, sender.ed25519, to))
  const ephemeral = new X25519KeyPair(new X25519SecretKey(c.random('random')(32)))
  c.expectHex('ciphertext', sealMessage(message, sender.ed25519, to, ephemeral))
  c.expectHex('ciphertext_deterministic', sealMessageDeterministically(message, sender.ed25519, to))
  for (const name of ['ciphertext', 'ciphertext_deterministic']) {
    const opened = openMessage(c.hex(name), recipient.x25519)
    c.expectHex('decrypted', opened.content)
    c.expectHex('decrypted_sender_ed25519_pk', opened.senderKey)
    c.expect('decrypted_sender_id', opened.sender)
  }
  c.expectResult('bad_result', () => openMessage(c.hex('bad_ciphertext'), recipient.x25519).content)
  for (const blinded of c.list('blinded')) blindedMessage(c, blinded, sender, recipient)
}

/** The same message to a blinded id, without padding. */
function blindedMessage(c: CaseReader, blinded: CaseReader, sender: SeedKeys, recipient: SeedKeys): void {
  const server = x25519PublicKey(c.hex('server_pk'))
  const derive = blinded.text('sender_blinded_id').startsWith('15') ? deriveBlinded15KeyPair : deriveBlinded25KeyPair
  const from = derive(sender.ed25519, server)
  const to = derive(recipient.ed25519, server)
  blinded.expect('version', Number(from.scheme))
  blinded.expect('sender_blinded_id', from.id)
  blinded.expect('recipient_blinded_id', to.id)
  const nonce = nonce24(blinded.random('random')(24))
  blinded.expectHex('ciphertext', sealBlindedMessage(c.hex('message'), from, to.id, nonce))
  const route = {
    sender: parseBlindedId(blinded.text('sender_blinded_id')),
    recipient: parseBlindedId(blinded.text('recipient_blinded_id')),
  }
  for (const [name, reader] of [['decrypt_as_recipient', to] as const, ['decrypt_as_sender', from] as const]) {
    const opened = openBlindedMessage(blinded.hex('ciphertext'), reader, route)
    blinded.object(name).expectHex('message', opened.content)
    blinded.object(name).expect('sender', parseAccountId(opened.sender))
  }
}

const configsOfNamespaces = new Map<number, Extract<Content, { kind: 'shared-config' }>['config']>([
  [2, 'user-profile'],
  [3, 'contacts'],
  [4, 'convo-info-volatile'],
  [5, 'user-groups'],
])

function legacyWrap(c: CaseReader): void {
  const keys = keysIn(c, 'seed')
  const config = configsOfNamespaces.get(c.number('namespace')) ?? 'contacts'
  const seqno = c.bigint('seqno')
  c.expectHex('wrapped', wrapLegacyConfig({ config, seqno, data: c.hex('data') }, keys))
  const unwrapped = unwrapLegacyConfig(c.hex('wrapped'), keys)
  c.expect('unwrapped', unwrapped?.data)
  c.expect('seqno', unwrapped?.seqno)
  c.demand('namespace', unwrapped?.config === config, 'is not that of the kind')
}
