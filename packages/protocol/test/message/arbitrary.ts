import fc, { type Arbitrary } from 'fast-check'
import { type AccountId, parseAccountId, parseGroupId } from '../../src/account/index.ts'
import { encodeHex } from '../../src/encoding/index.ts'
import {
  type AttachmentPointer,
  type AuthorId,
  type Content,
  type ContentBody,
  type ContentHead,
  type DataParts,
  type GroupUpdate,
  type Profile,
  type Quote,
  type UnreadField,
} from '../../src/message/index.ts'

const time = fc.integer({ min: 1, max: 8_640_000_000_000_000 })
const uint32 = fc.integer({ min: 0, max: 0xffffffff })
const text = fc.string({ unit: 'binary', maxLength: 20 }).map(value => value.toWellFormed())
const bytes = (length: number): Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length })
const someBytes = fc.uint8Array({ maxLength: 40 })
const signature = bytes(64)
const hexKey = bytes(32).map(key => encodeHex(key))
const accountId: Arbitrary<AccountId> = hexKey.map(key => parseAccountId(`05${key}`))
const author = fc.tuple(fc.constantFrom('05', '15', '25'), hexKey).map(([prefix, key]) => (prefix + key) as AuthorId)

/** Fields far from those that are taken: a number, eight bytes, a text, four bytes. */
const unread: Arbitrary<readonly UnreadField[] | undefined> = fc.option(
  fc.array(
    fc.oneof(
      fc.record({ no: fc.constant(500), wireType: fc.constant(0), data: fc.constant(Uint8Array.of(0x96, 0x01)) }),
      fc.record({ no: fc.constant(501), wireType: fc.constant(1), data: bytes(8) }),
      fc.record({ no: fc.constant(502), wireType: fc.constant(2), data: fc.constant(Uint8Array.of(2, 0xff, 0x80)) }),
      fc.record({ no: fc.constant(503), wireType: fc.constant(5), data: bytes(4) }),
    ),
    { minLength: 1, maxLength: 2 },
  ),
  { nil: undefined, freq: 2 },
)

const optional = <T>(value: Arbitrary<T>): Arbitrary<T | undefined> => fc.option(value, { nil: undefined })

const pointer: Arbitrary<AttachmentPointer> = fc.record({
  id: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  contentType: optional(text),
  key: optional(someBytes),
  sizeBytes: optional(uint32),
  digest: optional(someBytes),
  fileName: optional(text),
  flags: optional(uint32),
  width: optional(uint32),
  height: optional(uint32),
  caption: optional(text),
  url: optional(text),
  manifest: optional(uint32),
  unread,
})
const quoted = fc.record({
  contentType: optional(text),
  fileName: optional(text),
  thumbnail: optional(pointer),
  flags: optional(uint32),
  unread,
})
const quote: Arbitrary<Quote> = fc.record({
  sentAt: time,
  author,
  text: optional(text),
  attachments: fc.array(quoted, { maxLength: 2 }),
  unread,
})
const picture = fc.record({ url: text.filter(url => url !== ''), key: bytes(32) })
const profile: Arbitrary<Profile> = fc.record({
  name: optional(text),
  picture: optional(picture),
  updatedAtSeconds: optional(fc.maxSafeNat()),
  unread,
})
const parts = fc.record({ profile: optional(profile), syncTarget: optional(accountId), unreadInBody: unread })
const url = 'https://example.org/'
const visible = fc.record({
  kind: fc.constant('message' as const),
  body: text.map(value => `${value} ${url}`),
  attachments: fc.array(pointer, { maxLength: 3 }),
  quote: optional(quote),
  preview: optional(fc.record({ url: fc.constant(url), title: optional(text), image: optional(pointer), unread })),
  invitation: optional(fc.record({ url: text, name: text, unread })),
  blocksRequests: optional(fc.boolean()),
})
const reaction = fc.record({
  targetSentAt: time,
  targetAuthor: author,
  emoji: text,
  action: fc.constantFrom('react' as const, 'remove' as const),
  unread,
})
const change = fc.oneof(
  fc.record({ what: fc.constant('name' as const), name: text }),
  fc.record({ what: fc.constant('avatar' as const) }),
  fc.record({ what: fc.constant('expiry' as const), timerSeconds: uint32 }),
)
const members = fc.array(accountId, { maxLength: 3 })
const update: Arbitrary<GroupUpdate> = fc.oneof(
  fc.record({
    type: fc.constant('invite' as const),
    groupId: hexKey.map(key => parseGroupId(`03${key}`)),
    name: text,
    memberAuthData: bytes(100),
    adminSignature: signature,
    unread,
  }),
  fc.record({ type: fc.constant('promote' as const), groupSeed: bytes(32), name: text, unread }),
  fc.record({ type: fc.constant('info-change' as const), change, adminSignature: signature, unread }),
  fc.record({
    type: fc.constant('member-change' as const),
    change: fc.constantFrom('added' as const, 'removed' as const, 'promoted' as const),
    members,
    historyShared: optional(fc.boolean()),
    adminSignature: signature,
    unread,
  }),
  fc.record({ type: fc.constantFrom('member-left' as const, 'member-left-notification' as const), unread }),
  fc.record({ type: fc.constant('invite-response' as const), approved: fc.boolean(), unread }),
  fc.record({
    type: fc.constant('delete-content' as const),
    members,
    messageHashes: fc.array(text, { maxLength: 3 }),
    adminSignature: optional(signature),
    unread,
  }),
)
const signal = fc.oneof(
  fc.record({ type: fc.constantFrom('pre-offer' as const, 'end' as const) }),
  fc.record({ type: fc.constantFrom('offer' as const, 'answer' as const, 'provisional-answer' as const), sdp: text }),
  fc.record({
    type: fc.constant('ice' as const),
    candidates: fc.array(fc.record({ candidate: text, sdpMLineIndex: uint32, sdpMid: text }), { maxLength: 3 }),
  }),
)
const expiry = fc.record({
  mode: fc.constantFrom('off' as const, 'after-read' as const, 'after-send' as const),
  timerSeconds: uint32,
})
const withParts = <T extends object>(body: Arbitrary<T>): Arbitrary<T & DataParts> =>
  fc.tuple(body, parts).map(([value, common]) => ({ ...value, ...common }))

const body: Arbitrary<ContentBody> = fc.oneof(
  withParts(visible),
  withParts(fc.record({ kind: fc.constant('reaction' as const), reaction })),
  withParts(fc.record({ kind: fc.constant('expiry-change' as const), expiry })),
  withParts(fc.record({ kind: fc.constant('group-update' as const), update, unreadInUpdate: unread })),
  fc.record({
    kind: fc.constant('receipt' as const),
    readMessages: fc.array(time, { maxLength: 5 }),
    unreadInBody: unread,
  }),
  fc.record({
    kind: fc.constant('typing' as const),
    action: fc.constantFrom('started' as const, 'stopped' as const),
    typedAt: time,
    unreadInBody: unread,
  }),
  fc.record({ kind: fc.constant('unsend' as const), targetSentAt: time, targetAuthor: author, unreadInBody: unread }),
  fc.record({
    kind: fc.constant('data-extraction' as const),
    what: fc.constantFrom('screenshot' as const, 'media-saved' as const),
    targetSentAt: optional(time),
    unreadInBody: unread,
  }),
  fc.record({ kind: fc.constant('call' as const), callId: fc.uuid(), signal, unreadInBody: unread }),
  fc.record({
    kind: fc.constant('request-response' as const),
    approved: fc.boolean(),
    profile: optional(profile),
    unreadInBody: unread,
  }),
  fc.record({
    kind: fc.constant('shared-config' as const),
    config: fc.constantFrom(
      'user-profile' as const,
      'contacts' as const,
      'convo-info-volatile' as const,
      'user-groups' as const,
    ),
    seqno: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    data: someBytes,
    unreadInBody: unread,
  }),
)
const shared = { rotatingPublicKey: bytes(32), signature, unread }
const proof = fc.oneof(
  fc.record({
    form: fc.constant('versioned' as const),
    version: uint32,
    genIndexHash: bytes(32),
    expiresAt: time,
    ...shared,
  }),
  fc.record({
    form: fc.constant('revocable' as const),
    revocationTag: bytes(32),
    expiresAt: fc.integer({ min: 0, max: 8_640_000_000_000 }).map(seconds => seconds * 1000),
    ...shared,
  }),
)
const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
const head: Arbitrary<ContentHead> = fc.record({
  sentAt: optional(time),
  expiry: optional(expiry),
  pro: optional(
    fc.record({ proof: optional(proof), profileBits: optional(uint64), messageBits: optional(uint64), unread }),
  ),
  communityProSignature: optional(signature),
  abilities: optional(uint32),
  unread,
})

/** Every kind of content that can be formatted, with everything that it can hold. */
export const anyContent: Arbitrary<Content> = fc.tuple(head, body).map(([common, about]) => ({ ...common, ...about }))
