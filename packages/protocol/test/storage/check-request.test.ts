import { describe, expect, test } from 'vitest'
import { ed25519Sign, ed25519Signature } from '../../src/crypto/index.ts'
import {
  access,
  appliedExpiry,
  type CheckContext,
  checkRequest,
  coversPrefix,
  expireMode,
  encodeSubaccountToken,
  groupSigner,
  decodeSubaccountToken,
  requestText,
  type SignedMethod,
  type StorageRequest,
  subaccountSigner,
  toNamespace,
  toSubaccountToken,
  userSigner,
} from '../../src/storage/index.ts'
import { codeOf } from '../coded.ts'
import { asGroup, asSubaccount, context, grantOf, group, hashes, keys, now, token, user } from './fixtures.ts'
import { authorityOf, requests, sign, storeParams } from './samples.ts'

const judge = (request: StorageRequest, changes: Partial<CheckContext> = {}): string | undefined =>
  codeOf(() => checkRequest(request, { ...context, ...changes }))

const messages = toNamespace(11)
const retrieveFor = (signer = asSubaccount()): StorageRequest =>
  sign('retrieve', { owner: group, namespace: messages, timestamp: now }, signer)

describe('every request', () => {
  test.for(requests.map((request, at) => [`${request.method} ${at}`, request] as const))(
    'passes: %s',
    ([, request]) => {
      expect(judge(request)).toBeUndefined()
    },
  )

  const signed = requests.filter(({ method, params }) => 'authority' in params && method !== 'held_retrieve')
  test.for(signed.map((request, at) => [`${request.method} ${at}`, request] as const))(
    'does not pass with another signature: %s',
    ([, request]) => {
      const signature = ed25519Signature(authorityOf(request).signature.map((byte, at) => (at === 0 ? byte ^ 1 : byte)))
      const params = { ...request.params, authority: { ...authorityOf(request), signature } }
      expect(judge({ ...request, params } as StorageRequest)).toBe('storage.bad-signature')
    },
  )
})

describe('store', () => {
  const store = (changes: object, signer = userSigner(keys.user)): StorageRequest =>
    sign('store', { ...storeParams, ...changes }, signer)
  const open = (changes: object): StorageRequest => ({
    method: 'store',
    params: { ...storeParams, namespace: toNamespace(0), ...changes },
  })
  const dayMs = 86_400_000

  test.for([
    [9_999, 'storage.bad-ttl'],
    [10_000, undefined],
    [14 * dayMs, undefined],
    [14 * dayMs + 1, 'storage.bad-ttl'],
    [-1, 'storage.bad-ttl'],
  ] as const)('where anyone may store, %d ms', ([ttl, code]) => {
    expect(judge(open({ expiry: now + ttl }))).toBe(code)
  })

  test('signed messages are kept up to thirty days', () => {
    expect(judge(store({ expiry: now + 30 * dayMs }))).toBeUndefined()
    expect(judge(store({ expiry: now + 30 * dayMs + 1 }))).toBe('storage.bad-ttl')
  })

  test('the message is from now and has not expired', () => {
    expect(judge(open({ timestamp: now + 10_000 }))).toBeUndefined()
    expect(judge(open({ timestamp: now + 10_001 }))).toBe('storage.bad-clock')
    expect(judge(open({ timestamp: now + 20_000 }), { isForwarded: true })).toBeUndefined()
    expect(judge(open({ timestamp: now - 30_000, expiry: now - 10_000 }))).toBeUndefined()
    expect(judge(open({ timestamp: now - 30_000, expiry: now - 10_001 }))).toBe('storage.already-expired')
  })

  test('time to live comes before the clock, the clock before the signature', () => {
    const unsigned = { namespace: toNamespace(2), timestamp: now + 99_999, expiry: now }
    expect(judge(open(unsigned))).toBe('storage.bad-ttl')
    expect(judge(open({ ...unsigned, expiry: now + 200_000 }))).toBe('storage.bad-clock')
    expect(judge(open({ namespace: toNamespace(2) }))).toBe('storage.signature-required')
    const stale = store({ sigTimestamp: now - 60_001 }, groupSigner(keys.group))
    expect(judge(stale)).toBe('storage.bad-clock')
    expect(judge(stale, { isForwarded: true })).toBe('storage.bad-signature')
  })

  test('a signature is not looked at where anyone may store', () => {
    expect(judge(store({ namespace: toNamespace(-20), sigTimestamp: 5 }, groupSigner(keys.node)))).toBeUndefined()
  })

  test('an outbox needs write and delete, other namespaces write', () => {
    const outbox = { owner: group, namespace: toNamespace(-21) }
    expect(judge(store(outbox, asSubaccount(access.write)))).toBe('storage.bad-signature')
    expect(judge(store(outbox, asSubaccount(access.write | access.delete)))).toBeUndefined()
    expect(judge(store({ owner: group }, asSubaccount(access.write)))).toBeUndefined()
    expect(judge(store({ owner: group }, asSubaccount(access.read)))).toBe('storage.bad-signature')
  })
})

describe('clocks', () => {
  test.for([
    [59_999, undefined, undefined],
    [60_001, 'storage.bad-clock', undefined],
    [70_001, 'storage.bad-clock', 'storage.bad-clock'],
  ] as const)('a signed time %d ms off', ([off, code, forwarded]) => {
    const signed = [-off, off].map(shift =>
      sign('delete_all', { owner: user, namespace: 'all', timestamp: now + shift }),
    )
    for (const request of signed) {
      expect(judge(request)).toBe(code)
      expect(judge(request, { isForwarded: true })).toBe(forwarded)
    }
  })

  test('delete_before and expire answer 401, expire_all 406', () => {
    const before = sign('delete_before', { owner: user, namespace: 'all', before: now + 60_001 })
    expect(judge(before)).toBe('storage.bad-time')
    expect(judge(before, { isForwarded: true })).toBeUndefined()
    const expiry = now - 60_001
    expect(judge(sign('expire', { owner: user, messages: hashes, expiries: [now, expiry] }))).toBe('storage.bad-time')
    expect(judge(sign('expire_all', { owner: user, namespace: 'all', expiry }))).toBe('storage.bad-clock')
    expect(judge(sign('expire_all', { owner: user, namespace: 'all', expiry }), { isForwarded: true })).toBeUndefined()
  })

  test('the clock comes before the signature', () => {
    const request = sign('retrieve', { owner: user, namespace: messages, timestamp: now - 70_000 }, asGroup)
    expect(judge(request)).toBe('storage.bad-clock')
  })

  test('several expiries wait for the network', () => {
    const request = sign('expire', { owner: user, messages: hashes, expiries: [now, now] })
    expect(judge(request, { hardFork: [19, 3] })).toBe('storage.inactive-feature')
    expect(judge(request, { hardFork: [20, 0] })).toBeUndefined()
    expect(appliedExpiry(now + 31 * 86_400_000, now)).toBe(now + 30 * 86_400_000)
    expect(appliedExpiry(now, now)).toBe(now)
  })
})

describe('authority', () => {
  test('a user needs the key beside the signature, and the right one', () => {
    const params = { owner: user, namespace: messages, timestamp: now }
    expect(judge(sign('retrieve', params, groupSigner(keys.user)))).toBe('storage.bad-signature')
    expect(judge(sign('retrieve', params, userSigner(keys.group)))).toBe('storage.bad-signature')
    const zero = {
      sign: userSigner(keys.user).sign,
      publicKey: keys.user.publicKey.map(() => 0) as typeof keys.user.publicKey,
    }
    expect(judge(sign('retrieve', params, zero))).toBe('storage.bad-signature')
  })

  test('without a signature one may retrieve only where anyone may', () => {
    const unsigned = (namespace: number): StorageRequest => ({
      method: 'retrieve',
      params: { owner: user, namespace: toNamespace(namespace) },
    })
    expect(judge(unsigned(-10))).toBeUndefined()
    expect(judge(unsigned(0))).toBe('storage.signature-required')
  })

  test('tokens need the right flags', () => {
    expect(judge(retrieveFor(asSubaccount(access.read)))).toBeUndefined()
    for (const flags of [access.none, access.write, access.delete, access.anyPrefix]) {
      expect(judge(retrieveFor(asSubaccount(flags)))).toBe('storage.bad-signature')
    }
  })

  const other = (flags: number): StorageRequest =>
    retrieveFor(subaccountSigner(text => ed25519Sign(keys.subaccount, text), grantOf(flags, 0x05)))

  test('tokens are for one prefix, unless they are for any', () => {
    expect(judge(other(access.read))).toBe('storage.bad-signature')
    expect(judge(other(access.read | access.anyPrefix))).toBeUndefined()
  })

  test('the owner must have signed the token, and its key the request', () => {
    const grant = { ...grantOf(access.read), ownerSignature: ed25519Sign(keys.user, token) }
    expect(judge(retrieveFor(subaccountSigner(text => ed25519Sign(keys.subaccount, text), grant)))).toBe(
      'storage.bad-signature',
    )
    const stranger = subaccountSigner(text => ed25519Sign(keys.node, text), grantOf(access.read))
    expect(judge(retrieveFor(stranger))).toBe('storage.bad-signature')
  })

  test('a user can grant tokens too, with the key beside', () => {
    const { publicKey } = keys.subaccount
    const userToken = encodeSubaccountToken({ prefix: 0x05, flags: access.read, publicKey })
    const grant = { token: userToken, ownerSignature: ed25519Sign(keys.user, userToken) }
    const byKey = (text: Uint8Array): ReturnType<typeof ed25519Sign> => ed25519Sign(keys.subaccount, text)
    const params = { owner: user, namespace: messages, timestamp: now }
    expect(judge(sign('retrieve', params, subaccountSigner(byKey, grant, keys.user.publicKey)))).toBeUndefined()
    expect(judge(sign('retrieve', params, subaccountSigner(byKey, grant)))).toBe('storage.bad-signature')
  })

  test('revoked tokens are refused, except for the notices that tell of it', () => {
    const revoked = { isRevoked: (owner: string, given: Uint8Array) => owner === group && given[1] === 3 }
    expect(judge(retrieveFor(), revoked)).toBe('storage.bad-signature')
    const notices = sign('retrieve', { owner: group, namespace: toNamespace(-11), timestamp: now }, asSubaccount())
    expect(judge(notices, revoked)).toBeUndefined()
    const [one] = hashes
    expect(
      judge(sign('get_expiries', { owner: group, messages: [one], timestamp: now }, asSubaccount()), revoked),
    ).toBe('storage.bad-signature')
  })

  test('nobody is asked about revocations for requests without a token', () => {
    const isRevoked = (): boolean => {
      throw new Error('asked')
    }
    expect(judge(sign('retrieve', { owner: user, namespace: messages, timestamp: now }), { isRevoked })).toBeUndefined()
  })

  test('tokens can be revoked by the owner alone', () => {
    const flags = access.read | access.write | access.delete
    const params = { owner: group, tokens: [token], timestamp: now }
    expect(judge(sign('revoke_subaccount', params, asSubaccount(flags)))).toBe('storage.bad-signature')
    expect(judge(sign('unrevoke_subaccount', params, asGroup))).toBeUndefined()
  })

  test('deleting needs the flag for it', () => {
    const all = { owner: group, namespace: 'all', timestamp: now } as const
    const byHash = { owner: group, messages: hashes, required: false }
    for (const [flags, code] of [
      [access.delete, undefined],
      [access.write | access.read, 'storage.bad-signature'],
    ] as const) {
      expect(judge(sign('delete_all', all, asSubaccount(flags)))).toBe(code)
      expect(judge(sign('delete', byHash, asSubaccount(flags)))).toBe(code)
    }
  })

  test('a token that may not delete can only extend', () => {
    const params = { owner: group, messages: hashes, expiries: [now] }
    const modeFor = (flags: number): string | undefined =>
      expireMode(sign('expire', params, asSubaccount(flags)).params)
    expect(modeFor(access.write)).toBe('extend')
    expect(modeFor(access.write | access.delete)).toBeUndefined()
    expect(expireMode(sign('expire', { ...params, mode: 'shorten' }, asGroup).params)).toBe('shorten')
  })
})

test('tokens say what was put in', () => {
  const { publicKey } = keys.subaccount
  const subaccount = { prefix: 0x03, flags: 5, publicKey }
  expect(decodeSubaccountToken(encodeSubaccountToken(subaccount))).toEqual(subaccount)
  expect(coversPrefix(subaccount, 5)).toBe(false)
  expect(codeOf(() => toSubaccountToken(new Uint8Array(35)))).toBe('storage.bad-token')
})

test('methods without a signature have no signed text', () => {
  expect(codeOf(() => requestText('info' as unknown as SignedMethod, storeParams))).toBe('storage.invalid-method')
})
