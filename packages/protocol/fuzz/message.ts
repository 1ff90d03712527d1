import { parseAccountId } from '../src/account/index.ts'
import { compareBytes, padMessage, unpadMessage, utf8Encode } from '../src/encoding/index.ts'
import {
  type Content,
  encodeContent,
  encodeEnvelope,
  encodeInboxMessage,
  decodeContent,
  decodeEnvelope,
  decodeInboxMessage,
} from '../src/message/index.ts'
import { type FuzzTarget } from './target.ts'

const id = parseAccountId(`05${'ab'.repeat(32)}`)
const sentAt = 1_750_000_000_123
const expiry = { mode: 'after-read', timerSeconds: 300 } as const
const key = new Uint8Array(32).fill(7)
const signature = new Uint8Array(64).fill(8)
const url = 'https://example.org/'
const profile = { name: 'Alice', picture: { url, key }, updatedAtSeconds: 5 }
const image = { id: 1n, contentType: 'image/png', key: signature, sizeBytes: 5, digest: key, url, width: 1, height: 2 }
const proof = { rotatingPublicKey: key, signature, expiresAt: 5000 }
const unread = [
  { no: 500, wireType: 0, data: Uint8Array.of(0x96, 1) },
  { no: 7, wireType: 2, data: Uint8Array.of(2, 8, 1) },
]

const contents: readonly Content[] = [
  {
    kind: 'message',
    body: `see ${url} – ☃`,
    attachments: [image],
    quote: { sentAt, author: id, text: 'x', attachments: [{ contentType: 'a/b', thumbnail: image, flags: 1 }] },
    preview: { url, title: 'title', image },
    invitation: { url: `${url}?public_key=`, name: 'room' },
    profile,
    blocksRequests: true,
    unreadInBody: unread,
    expiry,
    sentAt,
    unread,
  },
  {
    kind: 'message',
    body: 'x',
    attachments: [],
    sentAt,
    pro: { proof: { form: 'revocable', revocationTag: key, ...proof } },
  },
  { kind: 'reaction', reaction: { targetSentAt: 1, targetAuthor: id, emoji: '☃', action: 'remove' }, sentAt },
  { kind: 'expiry-change', expiry, sentAt, syncTarget: id },
  { kind: 'receipt', readMessages: [1, 2, sentAt], sentAt },
  { kind: 'typing', action: 'stopped', typedAt: sentAt, sentAt },
  { kind: 'unsend', targetSentAt: 1, targetAuthor: id, sentAt },
  { kind: 'data-extraction', what: 'media-saved', targetSentAt: 1, sentAt },
  { kind: 'request-response', approved: true, profile, sentAt },
  { kind: 'call', callId: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6', signal: { type: 'offer', sdp: 'v=0' }, sentAt },
  {
    kind: 'call',
    callId: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
    signal: { type: 'ice', candidates: [{ candidate: 'candidate:1', sdpMLineIndex: 0, sdpMid: '0' }] },
    sentAt,
  },
  { kind: 'shared-config', config: 'contacts', seqno: -5n, data: key },
  { kind: 'group-update', update: { type: 'promote', groupSeed: key, name: 'g' }, profile, sentAt },
  { kind: 'group-update', update: { type: 'member-left' }, sentAt },
  {
    kind: 'group-update',
    update: { type: 'member-change', change: 'added', members: [id], historyShared: true, adminSignature: signature },
    sentAt,
  },
  {
    kind: 'group-update',
    update: { type: 'info-change', change: { what: 'expiry', timerSeconds: 5 }, adminSignature: signature },
  },
]

const envelope = { type: 'account', sentAt, content: key, proSignature: signature, sourceDevice: 1 } as const

/** Parsers of `@sotto/protocol/message`, and the padding that is taken off before them. */
export const targets: readonly FuzzTarget[] = [
  { name: 'message/content', corpus: contents.map(content => encodeContent(content)), run: readAndWrite },
  { name: 'message/envelope', corpus: [encodeEnvelope(envelope)], run: input => void decodeEnvelope(input) },
  { name: 'message/inbox', corpus: [encodeInboxMessage(envelope)], run: input => void decodeInboxMessage(input) },
  { name: 'message/padding', corpus: [padMessage(utf8Encode('x'))], run: input => void unpadMessage(input) },
]

/** What was read once and written reads the same for ever. */
function readAndWrite(input: Uint8Array): void {
  const once = encodeContent(decodeContent(input))
  const twice = encodeContent(decodeContent(once))
  if (compareBytes(once, twice) !== 0) throw new Error('a content changed although nobody changed it')
}
