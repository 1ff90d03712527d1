import { anyInput } from '@sotto/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import servers from '../../../../vectors/servers.json' with { type: 'json' }
import { formatAccountId, formatGroupId, parseAccountId } from '../../src/account/index.ts'
import {
  ed25519KeyPairToX25519,
  Ed25519KeyPair,
  Ed25519Seed,
  ed25519Sign,
  SymmetricKey,
  type Ed25519Signature,
} from '../../src/crypto/index.ts'
import {
  decodeHex,
  encodeBase64,
  encodeBencode,
  encodeHex,
  utf8Decode,
  utf8Encode,
  type JsonObject,
} from '../../src/encoding/index.ts'
import {
  cancellationText,
  checkCancellation,
  checkSubscription,
  decodePushNews,
  parsePushRequests,
  encodeMonitorList,
  formatCancellation,
  formatSubscription,
  joinPushRequests,
  parseCancellation,
  parseSubscription,
  PushRequestError,
  type PushSubscription,
  signCancellation,
  signSubscription,
} from '../../src/push/index.ts'
import {
  access,
  encodeSubaccountToken,
  groupSigner,
  decodeMonitor,
  type RequestSigner,
  subaccountSigner,
  toNamespace,
  userSigner,
} from '../../src/storage/index.ts'
import { codeOf } from '../coded.ts'

const now = 1_700_000_000
const [user, group, member] = [1, 2, 3].map(byte => new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(byte))))
if (user === undefined || group === undefined || member === undefined) throw new Error('no key pairs')
const account = formatAccountId(ed25519KeyPairToX25519(user).publicKey)
const groupId = formatGroupId(group.publicKey)
const device = { service: 'firebase', serviceInfo: new Map([['token', 't'.repeat(40)]]) }
const key = new SymmetricKey(new Uint8Array(32).fill(8))
const wanted = { owner: account, namespaces: [-10, 0, 5].map(toNamespace), wantsData: true, timestamp: now }

function memberSigner(flags: number, prefix = 0x03): RequestSigner {
  if (group === undefined || member === undefined) throw new Error('no key pairs')
  const token = encodeSubaccountToken({ prefix, flags, publicKey: member.publicKey })
  return subaccountSigner(text => ed25519Sign(member, text), { token, ownerSignature: ed25519Sign(group, token) })
}

const subscriptions: readonly (readonly [string, PushSubscription])[] = [
  ['user', signSubscription(wanted, userSigner(user), { device, key })],
  ['group', signSubscription({ ...wanted, owner: groupId }, groupSigner(group), { device, key })],
  ['member', signSubscription({ ...wanted, owner: groupId }, memberSigner(access.read), { device, key })],
]

/** The members of one request, some of them replaced, or left out where the new value is undefined. */
function fieldsOf(request: string, change: Readonly<Record<string, unknown>> = {}): JsonObject {
  const members: object = JSON.parse(request)
  const [item] = parsePushRequests(utf8Encode(JSON.stringify({ ...members, ...change }))).items
  if (item === undefined) throw new Error('no request')
  return item
}

test('known answers: what is signed, and what a node is asked', () => {
  const [known] = servers.push_subscribe.cases
  if (known === undefined) throw new Error('no case')
  const signer = userSigner(new Ed25519KeyPair(new Ed25519Seed(decodeHex(known.ed25519_seed ?? ''))))
  const timestamp = known.sig_ts
  const owner = parseAccountId(known.pubkey)
  const namespaces = known.namespaces.map(toNamespace)
  const subscription = signSubscription({ owner, namespaces, wantsData: known.data, timestamp }, signer, {
    device,
    key,
  })
  expect(encodeHex(subscription.monitor.authority.signature)).toBe(known.subscribe_signature)
  expect(encodeHex(encodeMonitorList([subscription.monitor]))).toBe(known.monitor_request)
  const cancelled = signCancellation({ owner, timestamp, device }, signer)
  expect(utf8Decode(cancellationText(cancelled))).toBe(known.unsubscribe_signed_utf8)
  expect(encodeHex(cancelled.authority.signature)).toBe(known.unsubscribe_signature)
})

test.for(subscriptions)('a subscription of a %s is read as it was written, and taken', ([, subscription]) => {
  const parsed = parseSubscription(fieldsOf(formatSubscription(subscription)))
  expect({ ...parsed, key: undefined }).toEqual({ ...subscription, key: undefined })
  expect(parsed.key.expose()).toEqual(key.expose())
  expect(codeOf(() => checkSubscription(parsed, now))).toBeUndefined()
})

test.for(subscriptions)('a node finds in the list what a %s has signed', ([, { monitor }]) => {
  expect(decodeMonitor(encodeMonitorList([monitor, monitor]))).toEqual({ isList: true, entries: [monitor, monitor] })
  expect(decodeMonitor(encodeMonitorList([]))).toEqual({ isList: true, entries: [] })
})

test('bytes are read in hex and in base64', () => {
  const text = formatSubscription(signSubscription(wanted, userSigner(user), { device, key }))
  const hexed = fieldsOf(text, { signature: encodeHex(decodeSignature(text)), enc_key: encodeBase64(key.expose()) })
  expect(parseSubscription(hexed).monitor).toEqual(parseSubscription(fieldsOf(text)).monitor)
  expect(parseSubscription(fieldsOf(text, { pubkey: account.toUpperCase() })).monitor.owner).toBe(account)
})

function decodeSignature(text: string): Ed25519Signature {
  return parseSubscription(fieldsOf(text)).monitor.authority.signature
}

test('a cancellation is read as it was written, and taken for a day', () => {
  const signers: readonly (readonly [typeof account | typeof groupId, RequestSigner])[] = [
    [account, userSigner(user)],
    [groupId, groupSigner(group)],
    [groupId, memberSigner(access.read)],
  ]
  for (const [owner, signer] of signers) {
    const request = signCancellation({ owner, timestamp: now, device }, signer)
    const parsed = parseCancellation(fieldsOf(formatCancellation(request)))
    expect(parsed).toEqual(request)
    for (const at of [now, now + 86_400, now - 86_400]) {
      expect(codeOf(() => checkCancellation(parsed, at))).toBeUndefined()
    }
    for (const at of [now + 86_401, now - 86_401]) {
      expect(codeOf(() => checkCancellation(parsed, at))).toBe('push-request.bad-time')
    }
    const other = { ...parsed, timestamp: now + 1 }
    expect(codeOf(() => checkCancellation(other, now))).toBe('push-request.bad-signature')
  }
})

test('a subscription is good for 14 days', () => {
  const subscription = signSubscription(wanted, userSigner(user), { device, key })
  expect(codeOf(() => checkSubscription(subscription, now + 14 * 86_400))).toBeUndefined()
  expect(codeOf(() => checkSubscription(subscription, now + 14 * 86_400 + 1))).toBe('push-request.bad-time')
  expect(codeOf(() => checkSubscription(subscription, now - 86_401))).toBe('push-request.bad-time')
})

test('a signature fits what was asked, and a token grants reading for this kind of account', () => {
  const monitor = signSubscription(wanted, userSigner(user), { device, key }).monitor
  const check = (changed: PushSubscription['monitor']) =>
    codeOf(() => checkSubscription({ monitor: changed, device, key }, now))
  expect(check({ ...monitor, wantsData: false })).toBe('push-request.bad-signature')
  expect(check({ ...monitor, namespaces: [toNamespace(0)] })).toBe('push-request.bad-signature')
  expect(check({ ...monitor, owner: groupId })).toBe('push-request.bad-signature')
  for (const signer of [memberSigner(access.write), memberSigner(access.read, 0x05)]) {
    expect(check(signSubscription({ ...wanted, owner: groupId }, signer, { device, key }).monitor)).toBe(
      'push-request.bad-signature',
    )
  }
  const anyPrefix = memberSigner(access.read | access.anyPrefix, 0x05)
  expect(check(signSubscription({ ...wanted, owner: groupId }, anyPrefix, { device, key }).monitor)).toBeUndefined()
})

test('a missing member is named as missing', () => {
  const [, , ofMember] = subscriptions
  if (ofMember === undefined) throw new Error('no subscription')
  const required = ['pubkey', 'signature', 'namespaces', 'data', 'sig_ts', 'service', 'service_info', 'enc_key']
  for (const name of [...required, 'subaccount', 'subaccount_sig']) {
    for (const value of [undefined, null]) {
      const fields = fieldsOf(formatSubscription(ofMember[1]), { [name]: value })
      expect(codeOf(() => parseSubscription(fields))).toBe('push-request.missing-field')
    }
  }
  const ofUser = formatSubscription(signSubscription(wanted, userSigner(user), { device, key }))
  expect(codeOf(() => parseSubscription(fieldsOf(ofUser, { session_ed25519: null })))).toBe(
    'push-request.missing-field',
  )
})

test('a member that is not what it should be is refused', () => {
  const text = formatSubscription(signSubscription(wanted, userSigner(user), { device, key }))
  const bad: readonly (readonly [string, readonly unknown[]])[] = [
    ['pubkey', [7, '', `15${'00'.repeat(32)}`, account.slice(2), `${account}00`, 'zz'.repeat(33)]],
    ['session_ed25519', ['00', '00'.repeat(32), encodeHex(group.publicKey), `02${'00'.repeat(31)}`]],
    ['signature', ['00'.repeat(63), 'x'.repeat(5000), []]],
    ['namespaces', [[], [0, 0], [1, 0], ['0'], [40_000], [0.5], 0, {}, Array.from({ length: 65 }, (_, at) => at)]],
    ['data', [1, 'true']],
    ['sig_ts', ['1', -1, 1.5, 2 ** 53]],
    ['service', ['', 's'.repeat(33), 1]],
    ['service_info', ['token', [], 1]],
    ['enc_key', ['00'.repeat(31)]],
    ['subaccount_sig', ['00'.repeat(64)]],
  ]
  for (const [name, values] of bad) {
    for (const value of values) {
      const code = codeOf(() => parseSubscription(fieldsOf(text, { [name]: value })))
      expect([name, value, code]).toEqual([name, value, expect.stringMatching(/bad-field|missing-field/)])
    }
  }
  const ofGroup = formatSubscription(
    signSubscription({ ...wanted, owner: groupId }, groupSigner(group), { device, key }),
  )
  const withKey = fieldsOf(ofGroup, { session_ed25519: encodeHex(user.publicKey) })
  expect(codeOf(() => parseSubscription(withKey))).toBe('push-request.bad-field')
})

test('the reply says whether the input or something else was wrong', () => {
  expect(new PushRequestError('push-request.bad-field').replyCode).toBe(1)
  expect(new PushRequestError('push-request.bad-time').replyCode).toBe(4)
  expect(new PushRequestError('push-request.bad-signature').replyCode).toBe(4)
})

test('a body is one request or a list', () => {
  const request = '{"a":1}'
  const decode = (text: string): unknown => parsePushRequests(utf8Encode(text))
  expect(decode(request)).toEqual({ isList: false, items: [new Map([['a', 1]])] })
  expect(decode(joinPushRequests([request]))).toEqual(decode(request))
  expect(decode(joinPushRequests([request, '{}']))).toEqual({ isList: true, items: [new Map([['a', 1]]), new Map()] })
  expect(decode(joinPushRequests([]))).toEqual({ isList: true, items: [] })
  for (const text of ['', 'x', '1', 'null', '[1]', '[{},null]', '['.repeat(200)]) {
    expect(codeOf(() => decode(text))).toBe('push-request.bad-json')
  }
  expect(codeOf(() => decode(`{"a":"${'x'.repeat(100_000)}"}`))).toBe('push-request.too-long')
})

test('hostile bodies give a coded error', () => {
  const bodies = subscriptions.map(([, subscription]) => utf8Encode(formatSubscription(subscription)))
  fc.assert(
    fc.property(anyInput(fc.constantFrom(...bodies)), body => {
      codeOf(() => parsePushRequests(body).items.map(parseSubscription))
      codeOf(() => parsePushRequests(body).items.map(parseCancellation))
    }),
  )
})

const news = new Map<string, Parameters<typeof encodeBencode>[0]>([
  ['@', decodeHex(groupId)],
  ['h', 'h'.repeat(43)],
  ['n', -11],
  ['t', 1_700_000_000_000],
  ['z', 1_701_209_600_000],
])

test("a node's report is read, with and without the message", () => {
  const about = { account: groupId, hash: 'h'.repeat(43), namespace: -11, storedAt: 1_700_000_000_000 }
  const expected = { about: { ...about, expiresAt: 1_701_209_600_000 }, body: undefined }
  expect(decodePushNews(encodeBencode(news))).toEqual(expected)
  const body = Uint8Array.of(1, 2)
  expect(decodePushNews(encodeBencode(new Map([...news, ['~', body]])))).toEqual({ ...expected, body })
  expect(decodePushNews(decodeHex(servers.push_subscribe.notify_message.bencoded)).body).toHaveLength(7)
})

test('a report that makes no sense is refused', () => {
  const changes: readonly (readonly [string, Parameters<typeof encodeBencode>[0]])[] = [
    ['@', 'x'],
    ['@', Uint8Array.of(0x15, ...new Uint8Array(32))],
    ['@', Uint8Array.of(0x99, ...new Uint8Array(32))],
    ['h', 'h'.repeat(31)],
    ['h', 'h'.repeat(100)],
    ['n', 40_000],
    ['t', -1],
    ['z', 'x'],
    ['~', new Uint8Array(76_801)],
    ['~', 5],
  ]
  for (const change of changes) {
    expect(codeOf(() => decodePushNews(encodeBencode(new Map([...news, change]))))).toBe('push.bad-news')
  }
  for (const name of news.keys()) {
    const without = new Map([...news].filter(([each]) => each !== name))
    expect(codeOf(() => decodePushNews(encodeBencode(without)))).toBe('push.bad-news')
  }
  const report = encodeBencode(news)
  for (let length = 0; length < report.length; length++) {
    expect(codeOf(() => decodePushNews(report.subarray(0, length)))).toBe('push.bad-news')
  }
  fc.assert(fc.property(anyInput(fc.constant(report)), bytes => void codeOf(() => decodePushNews(bytes))))
})
