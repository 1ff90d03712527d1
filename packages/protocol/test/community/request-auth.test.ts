import { anyBytes, anyEd25519KeyPair, bytesOf } from '@sotto/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import servers from '../../../../vectors/servers.json' with { type: 'json' }
import { formatAccountId } from '../../src/account/index.ts'
import { deriveBlinded15KeyPair, deriveBlinded25KeyPair } from '../../src/blinding/index.ts'
import {
  authenticateRequest,
  BLINDING_REQUIRED_TEXT,
  type CommunityIdentity,
  type CommunityRequest,
  parseRequestAuth,
  RequestAuthError,
  requestAuthHeaders,
  type RequestAuthHeaders,
  type RequestAuthReply,
  type RequestAuthServer,
  signedPath,
  signedRequestText,
  signRequest,
  unblindedIdentity,
} from '../../src/community/index.ts'
import {
  ed25519KeyPairToX25519,
  Ed25519KeyPair,
  Ed25519Seed,
  x25519PublicKey,
  type X25519PublicKey,
} from '../../src/crypto/index.ts'
import { decodeHex, encodeBase64, encodeBase64Unpadded, encodeHex, utf8Decode } from '../../src/encoding/index.ts'
import { codeOf } from '../coded.ts'

const now = 1_700_000_000
const serverKey = x25519PublicKey(new Uint8Array(32).fill(9))
const account = new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(1)))
const nonce = new Uint8Array(16).fill(3)
const get: CommunityRequest = { method: 'GET', path: '/rooms' }

interface Conditions {
  readonly requireBlinding?: boolean
  readonly accept25?: boolean
  readonly banned?: boolean
}

function serverWith(
  publicKey: X25519PublicKey,
  conditions: Conditions = {},
): RequestAuthServer & { kept: Map<string, number> } {
  const kept = new Map<string, number>()
  const { requireBlinding = false, accept25 = true, banned = false } = conditions
  const nonces = {
    has: (text: string) => kept.has(text),
    add: (text: string, until: number) => void kept.set(text, until),
  }
  return { publicKey, requireBlinding, accept25, nonces, isBanned: () => banned, kept }
}

function identitiesOf(keyPair: Ed25519KeyPair, server: X25519PublicKey): readonly CommunityIdentity[] {
  return [
    unblindedIdentity(keyPair, server),
    deriveBlinded15KeyPair(keyPair, server),
    deriveBlinded25KeyPair(keyPair, server),
  ]
}

function replyTo(call: () => unknown): RequestAuthReply | undefined {
  try {
    call()
  } catch (error) {
    if (error instanceof RequestAuthError) return error.reply
    throw error
  }
  return undefined
}

const good = signRequest(unblindedIdentity(account, serverKey), get, { nonce, sentAtSeconds: now })

/** The code for good headers of which some are replaced. */
function codeFor(changes: Partial<RequestAuthHeaders>, conditions: Conditions = {}, at = now): string | undefined {
  return codeOf(() => authenticateRequest({ ...good, ...changes }, get, serverWith(serverKey, conditions), at))
}

test.for(servers.sogs_auth_errors.cases)('known answer: $what', known => {
  const publicKey = x25519PublicKey(decodeHex(servers.sogs_auth.server_pubkey))
  const server = serverWith(publicKey, {
    requireBlinding: 'require_blinding' in known,
    banned: 'banned' in known,
    accept25: false,
  })
  const path = 'requested_path' in known ? known.requested_path : '/capabilities?required=sogs'
  const ask = (): unknown => authenticateRequest(known.headers, { method: 'GET', path }, server, known.now)
  if ('repeat' in known) ask()
  expect(replyTo(ask)).toEqual(known.status === 200 ? undefined : { status: known.status, text: known.text })
})

test('each identity is known by its user id', () => {
  fc.assert(
    fc.property(anyEd25519KeyPair(), bytesOf(32), bytesOf(16), anyBytes(), (keyPair, serverBytes, drawn, body) => {
      const publicKey = x25519PublicKey(serverBytes)
      const request = { method: 'post', path: '/room/x/message?a=%20', body }
      for (const identity of identitiesOf(keyPair, publicKey)) {
        const headers = signRequest(identity, request, { nonce: drawn, sentAtSeconds: now })
        const server = serverWith(publicKey)
        const id = formatAccountId(ed25519KeyPairToX25519(keyPair).publicKey)
        expect(authenticateRequest(headers, request, server, now)).toBe(identity.scheme === '00' ? id : identity.id)
        expect(server.kept).toEqual(new Map([[encodeHex(drawn), now + 86_400]]))
      }
    }),
    { numRuns: 15 },
  )
})

test('the signature holds method, path, body, nonce, time and server together', () => {
  const request = { method: 'POST', path: '/a?b', body: Uint8Array.of(1) }
  const identity = deriveBlinded15KeyPair(account, serverKey)
  const headers = signRequest(identity, request, { nonce, sentAtSeconds: now })
  const ask = (change: Partial<CommunityRequest>, other: Partial<RequestAuthHeaders> = {}, server = serverKey) =>
    codeOf(() => authenticateRequest({ ...headers, ...other }, { ...request, ...change }, serverWith(server), now))
  expect(ask({})).toBeUndefined()
  expect(ask({ method: 'PUT' })).toBe('request-auth.wrong-signature')
  expect(ask({ path: '/a?c' })).toBe('request-auth.wrong-signature')
  expect(ask({ body: Uint8Array.of(2) })).toBe('request-auth.wrong-signature')
  expect(ask({ body: new Uint8Array(0) })).toBe('request-auth.wrong-signature')
  expect(ask({}, { 'X-SOGS-Nonce': '00'.repeat(16) })).toBe('request-auth.wrong-signature')
  expect(ask({}, { 'X-SOGS-Timestamp': `0${now}` })).toBe('request-auth.wrong-signature')
  expect(ask({}, {}, x25519PublicKey(new Uint8Array(32)))).toBe('request-auth.wrong-signature')
})

test('the headers are found among others', () => {
  const lower = Object.entries(good).map(([name, value]): [string, string] => [name.toLowerCase(), value])
  expect(requestAuthHeaders(new Map([['accept', 'x'], ...lower]))).toEqual(good)
  expect(requestAuthHeaders(new Map(lower.slice(0, 2)))).toEqual({
    'X-SOGS-Pubkey': good['X-SOGS-Pubkey'],
    'X-SOGS-Nonce': good['X-SOGS-Nonce'],
  })
  expect(requestAuthHeaders(new Map())).toEqual({})
})

test('without headers a request is anonymous, and some of them are not enough', () => {
  const server = serverWith(serverKey, { banned: true })
  expect(authenticateRequest({}, get, server, now)).toBeUndefined()
  const empty = { 'X-SOGS-Pubkey': '', 'X-SOGS-Nonce': '', 'X-SOGS-Timestamp': '', 'X-SOGS-Signature': '' }
  expect(authenticateRequest(empty, get, server, now)).toBeUndefined()
  const only = { 'X-SOGS-Nonce': good['X-SOGS-Nonce'] }
  expect(replyTo(() => authenticateRequest(only, get, server, now))?.text).toContain('missing 3/4')
})

test('all spellings of the same bytes are the same', () => {
  const signature = good['X-SOGS-Signature']
  const spelled = [
    { 'X-SOGS-Pubkey': good['X-SOGS-Pubkey'].toUpperCase() },
    { 'X-SOGS-Pubkey': encodeBase64(decodeHex(good['X-SOGS-Pubkey'])) },
    { 'X-SOGS-Nonce': encodeHex(nonce) },
    { 'X-SOGS-Nonce': encodeBase64Unpadded(nonce) },
    { 'X-SOGS-Signature': signature.replaceAll('=', '') },
  ]
  for (const headers of spelled) expect(codeFor(headers)).toBeUndefined()
})

test('each fault has its code', () => {
  const bad25 = signRequest(deriveBlinded25KeyPair(account, serverKey), get, { nonce, sentAtSeconds: now })
  expect(codeFor({ 'X-SOGS-Signature': '' })).toBe('request-auth.missing-headers')
  expect(codeFor({ 'X-SOGS-Pubkey': 'zz'.repeat(33) })).toBe('request-auth.bad-key')
  expect(codeFor({ 'X-SOGS-Pubkey': '00' })).toBe('request-auth.bad-key')
  expect(codeFor({ 'X-SOGS-Pubkey': '05'.repeat(33) })).toBe('request-auth.bad-prefix')
  expect(codeFor(bad25, { accept25: false })).toBe('request-auth.bad-prefix')
  expect(codeFor(bad25)).toBeUndefined()
  expect(codeFor({ 'X-SOGS-Pubkey': `15${'00'.repeat(32)}` })).toBe('request-auth.bad-point')
  expect(codeFor({}, { requireBlinding: true })).toBe('request-auth.blinding-required')
  expect(codeFor(bad25, { requireBlinding: true })).toBeUndefined()
  expect(codeFor({ 'X-SOGS-Nonce': 'x'.repeat(1000) })).toBe('request-auth.bad-nonce')
  expect(codeFor({ 'X-SOGS-Signature': '00' })).toBe('request-auth.bad-signature')
  expect(codeFor({ 'X-SOGS-Timestamp': '1.5' })).toBe('request-auth.bad-timestamp')
  expect(codeFor({ 'X-SOGS-Timestamp': '9'.repeat(21) })).toBe('request-auth.bad-timestamp')
  expect(codeFor({ 'X-SOGS-Timestamp': '9'.repeat(20) })).toBe('request-auth.out-of-time')
  expect(codeFor({ 'X-SOGS-Timestamp': `-${now}` })).toBe('request-auth.out-of-time')
  expect(codeFor({}, { banned: true })).toBe('request-auth.banned')
  expect(codeFor({ 'X-SOGS-Nonce': '00'.repeat(16) })).toBe('request-auth.wrong-signature')
})

test('a bad prefix is told what the server takes', () => {
  const ask = (accept25: boolean) => (): unknown =>
    authenticateRequest({ ...good, 'X-SOGS-Pubkey': '05'.repeat(33) }, get, serverWith(serverKey, { accept25 }), now)
  expect(replyTo(ask(true))?.text).toBe('Invalid authentication: X-SOGS-Pubkey must be 00-, 15-, or 25- prefixed')
  expect(replyTo(ask(false))?.text).toBe('Invalid authentication: X-SOGS-Pubkey must be 00- or 15- prefixed')
})

test('clients look for one text', () => {
  const ask = (): unknown => authenticateRequest(good, get, serverWith(serverKey, { requireBlinding: true }), now)
  expect(replyTo(ask)).toEqual({ status: 400, text: BLINDING_REQUIRED_TEXT })
})

test('a request is taken for a day, in either direction', () => {
  expect(codeFor({}, {}, now + 86_400)).toBeUndefined()
  expect(codeFor({}, {}, now - 86_400)).toBeUndefined()
  expect(codeFor({}, {}, now + 86_401)).toBe('request-auth.out-of-time')
  expect(codeFor({}, {}, now - 86_401)).toBe('request-auth.out-of-time')
})

test('a wrong signature does not spend the nonce, a right one does', () => {
  const server = serverWith(serverKey)
  const ask = (request: CommunityRequest): string | undefined =>
    codeOf(() => authenticateRequest(good, request, server, now))
  expect(ask({ method: 'GET', path: '/other' })).toBe('request-auth.wrong-signature')
  expect(ask(get)).toBeUndefined()
  expect(ask(get)).toBe('request-auth.nonce-reused')
  // The order that clients see: a spent nonce is found before the signature is looked at.
  expect(ask({ method: 'GET', path: '/other' })).toBe('request-auth.nonce-reused')
})

test('the path is decoded, the query is not', () => {
  const paths: readonly (readonly [string, string])[] = [
    ['/', '/'],
    ['/a?', '/a'],
    ['/a?b=%20?c', '/a?b=%20?c'],
    ['/%2F%3F%23%25', '//?#%'],
    ['/%e2%9d%A4', '/\u2764'],
    ['/\u2764', '/\u2764'],
    ['/a+b', '/a+b'],
  ]
  for (const [path, signed] of paths) expect(utf8Decode(signedPath(path))).toBe(signed)
  for (const path of ['', 'rooms', '%2Frooms', '/%', '/%2', '/%zz', '/%C3', '/%ff', '?a']) {
    expect(codeOf(() => signedPath(path))).toBe('community.bad-path')
  }
})

test('any path is decoded as the platform decodes it, or refused', () => {
  const anyPath = fc.array(fc.oneof(fc.string(), fc.webPath(), fc.constantFrom('%', '%4', '%41', '%C3%A4', '%ff')))
  fc.assert(
    fc.property(anyPath, parts => {
      const path = `/${parts.join('').replaceAll('?', '')}`
      const code = codeOf(() => signedPath(path))
      expect(code === undefined ? utf8Decode(signedPath(path)) : code).toBe(
        platformDecoded(path) ?? 'community.bad-path',
      )
    }),
  )
})

function platformDecoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

test('what is signed begins with server, nonce, time and method', () => {
  const text = signedRequestText(serverKey, nonce, '007', { method: 'get', path: '/x' })
  expect(text.subarray(0, 48)).toEqual(Uint8Array.of(...serverKey, ...nonce))
  expect(utf8Decode(text.subarray(48))).toBe('007GET/x')
})

test('a request cannot be signed with a nonce or a time that no server takes', () => {
  const identity = unblindedIdentity(account, serverKey)
  const sign = (moment: { nonce: Uint8Array; sentAtSeconds: number }) => (): unknown =>
    signRequest(identity, get, moment)
  expect(codeOf(sign({ nonce: new Uint8Array(15), sentAtSeconds: now }))).toBe('community.bad-nonce')
  for (const sentAtSeconds of [-1, 1.5, Number.NaN, 2 ** 53]) {
    expect(codeOf(sign({ nonce, sentAtSeconds }))).toBe('community.bad-time')
  }
})

test('any headers are read or refused with a reply', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...Object.values(good)))
  fc.assert(
    fc.property(text, text, text, text, (key, drawn, time, signature) => {
      const headers = {
        'X-SOGS-Pubkey': key,
        'X-SOGS-Nonce': drawn,
        'X-SOGS-Timestamp': time,
        'X-SOGS-Signature': signature,
      }
      const reply = replyTo(() => parseRequestAuth(headers, { requireBlinding: false, accept25: true }, now))
      if (reply !== undefined) expect(reply.text).toMatch(/^Invalid authentication/)
    }),
  )
})
