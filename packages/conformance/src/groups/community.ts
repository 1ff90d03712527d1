import {
  deriveBlinded15KeyPair,
  deriveBlinded25KeyPair,
  blindedSign,
  type BlindedKeyPair,
} from '@sotto/protocol/blinding'
import {
  authenticateRequest,
  formatRoomUrl,
  parseCommunityUserId,
  parseRoomUrl,
  parseServerUrl,
  readRoomLink,
  RequestAuthError,
  restorePadding,
  signedPath,
  signedRequestText,
  signRequest,
  signRoomPost,
  stripPadding,
  unblindedIdentity,
  verifyRoomPost,
  type CommunityIdentity,
  type CommunityRequest,
  type RequestAuthHeaders,
  type RequestAuthServer,
} from '@sotto/protocol/community'
import {
  Ed25519KeyPair,
  ed25519PublicKey,
  Ed25519Seed,
  ed25519Signature,
  isValidPoint,
  X25519KeyPair,
  x25519PublicKey,
  X25519SecretKey,
  type X25519PublicKey,
} from '@sotto/protocol/crypto'
import { decodeBase64, encodeHex, padMessage } from '@sotto/protocol/encoding'
import { CaseReader } from '../case-reader.ts'
import type { Comparable } from '../compare.ts'
import { isObject, member } from '../json.ts'
import type { Runner } from '../runner.ts'
import type { VectorFile } from '../vector-file.ts'

/** Runners for the groups of `@sotto/protocol/community`. */
export const communityRunners: readonly Runner[] = [
  { group: 'sogs_auth', has: ['hdr15', 'hdr25', 'hdr00'], run: signedRequest },
  { group: 'sogs_auth', has: ['small_order_point', 'bad_pubkey_15'], run: badPoint },
  { group: 'sogs_auth_errors', has: ['headers', 'status', 'text'], run: answerToHeaders },
  { group: 'room_message', has: ['padded_data', 'signature15_b64'], run: roomMessage },
  { group: 'padding', has: ['received', 'stored', 'data_size'], run: serverStrip },
  { group: 'community_urls', has: ['url', 'valid'], run: roomLink },
  { group: 'community_url', has: ['url', 'parse_full_url'], run: fullAndPartialUrl },
  { group: 'community_url', has: ['canonical_url_in'], run: canonicalUrl },
  { group: 'community', has: ['input', 'expect'], run: canonicalRooms },
]

/** The account of `… identity alice_pos`, which stands in the group of identities. */
function identityNamedIn(c: CaseReader, file: VectorFile): Ed25519KeyPair {
  const name = /identity (\w+)/.exec(c.text('what'))?.[1] ?? ''
  const identities = file.group('identities')
  const found = isObject(identities) ? member(identities, name) : undefined
  if (!isObject(found)) throw new Error(`there is no identity ${name}`)
  return new Ed25519KeyPair(new Ed25519Seed(CaseReader.unchecked(found).hex('ed25519_seed')))
}

function signedRequest(c: CaseReader, file: VectorFile): void {
  const account = identityNamedIn(c, file)
  const server = serverKey(c)
  const body = c.given('body') ? { body: c.hex('body') } : {}
  const request = { method: c.text('method'), path: c.text('path_utf8'), ...body }
  const nonce = c.hex('nonce')
  const sentAtSeconds = c.number('timestamp')
  const text = signedRequestText(server, nonce, String(sentAtSeconds), request)
  c.expectBase64('nonce_b64', nonce)
  c.expectUtf8('signed_path_utf8', signedPath(request.path))
  c.expectHex('signed_message', text)
  const pair15 = deriveBlinded15KeyPair(account, server)
  const identities = [
    { identity: pair15, name: 'hdr15', signature: 'signature_b64_nonce_seed32' },
    { identity: deriveBlinded25KeyPair(account, server), name: 'hdr25', signature: 'signature_b64' },
    { identity: unblindedIdentity(account, server), name: 'hdr00', signature: 'signature_b64' },
  ]
  for (const { identity, name, signature } of identities) {
    const headers = signRequest(identity, request, { nonce, sentAtSeconds })
    expectHeaders(c.object(name), signature, headers, request, serverOf(server), sentAtSeconds)
  }
  expectOtherNonce(c.object('hdr15'), pair15, text)
}

function expectHeaders(
  c: CaseReader,
  signature: string,
  headers: RequestAuthHeaders,
  request: CommunityRequest,
  server: RequestAuthServer,
  now: number,
): void {
  c.expect('pubkey', headers['X-SOGS-Pubkey'])
  c.expect(signature, headers['X-SOGS-Signature'])
  c.expect('user_id', authenticateRequest(headers, request, server, now))
}

/** Other clients sign with the other recipe; the header must be made and taken as well. */
function expectOtherNonce(c: CaseReader, pair: BlindedKeyPair, text: Uint8Array): void {
  c.expectBase64('signature_b64_nonce_sk64', blindedSign(pair, text, 'secret-key'))
}

function serverKey(c: CaseReader): X25519PublicKey {
  const { publicKey } = new X25519KeyPair(new X25519SecretKey(c.hex('server_x25519_privkey')))
  c.expectHex('server_pubkey', publicKey)
  return publicKey
}

function serverOf(publicKey: X25519PublicKey, { requireBlinding = false, banned = false } = {}): RequestAuthServer {
  const nonces = new Map<string, number>()
  return {
    publicKey,
    requireBlinding,
    // The recorded answers are those of a server that takes 15 ids only, unless 25 ids are tried.
    accept25: true,
    nonces: { has: nonce => nonces.has(nonce), add: (nonce, until) => void nonces.set(nonce, until) },
    isBanned: () => banned,
  }
}

function badPoint(c: CaseReader): void {
  const key = c.text('bad_pubkey_15')
  c.demand('small_order_point', !isValidPoint(ed25519PublicKey(c.hex('small_order_point'))), 'is taken for a valid key')
  const zeros = `15${'00'.repeat(32)}`
  for (const pubkey of [key, zeros]) {
    const headers = {
      'X-SOGS-Pubkey': pubkey,
      'X-SOGS-Nonce': '00'.repeat(16),
      'X-SOGS-Timestamp': '0',
      'X-SOGS-Signature': '00'.repeat(64),
    }
    const server = serverOf(x25519PublicKey(new Uint8Array(32)))
    const code = c.expectThrows('bad_pubkey_15', () =>
      authenticateRequest(headers, { method: 'GET', path: '/' }, server, 0),
    )
    c.demand('bad_pubkey_15', code === 'request-auth.bad-point', `is refused as ${code ?? 'nothing'}`)
  }
}

function answerToHeaders(c: CaseReader, file: VectorFile): void {
  const auth = file.group('sogs_auth')
  if (!isObject(auth)) throw new Error('there is no group sogs_auth')
  const publicKey = x25519PublicKey(CaseReader.unchecked(auth).hex('server_pubkey'))
  const requireBlinding = c.has('require_blinding') && c.flag('require_blinding')
  const banned = c.has('banned') && c.flag('banned')
  const server = { ...serverOf(publicKey, { requireBlinding, banned }), accept25: false }
  const path = c.has('requested_path') ? c.text('requested_path') : '/capabilities?required=sogs'
  const headers = c.object('headers')
  const given = Object.fromEntries(headers.names().map(name => [name, headers.text(name)]))
  const times = c.has('repeat') ? c.number('repeat') : 1
  const answers = Array.from({ length: times }, () => answer(given, { method: 'GET', path }, server, c.number('now')))
  c.expect('status', answers.at(-1)?.status)
  c.expect('text', answers.at(-1)?.text)
}

function answer(
  headers: Partial<RequestAuthHeaders>,
  request: CommunityRequest,
  server: RequestAuthServer,
  now: number,
): { readonly status: number; readonly text: string | null } {
  try {
    authenticateRequest(headers, request, server, now)
    return { status: 200, text: null }
  } catch (error) {
    if (error instanceof RequestAuthError) return error.reply
    throw error
  }
}

function roomMessage(c: CaseReader, file: VectorFile): void {
  const account = identityNamedIn(c, file)
  const server = x25519PublicKey(c.hex('server_pubkey'))
  c.expectHex('padded_data', padMessage(c.hex('content')))
  c.expectBase64('data_b64', padMessage(c.hex('content')))
  expectPost(c, '15', deriveBlinded15KeyPair(account, server))
  expectPost(c, '25', deriveBlinded25KeyPair(account, server))
}

function expectPost(c: CaseReader, scheme: string, identity: CommunityIdentity): void {
  const sender = parseCommunityUserId(c.text(`sender${scheme}`))
  c.expect(`sender${scheme}`, identity.id)
  const post = signRoomPost(identity, c.hex('content'), () => new Uint8Array(64))
  c.expectHex('padded_data', post.data)
  c.expectBase64(`signature${scheme}_b64`, post.signature)
  const signature = ed25519Signature(decodeBase64(c.text(`signature${scheme}_b64`)))
  c.demand(`signature${scheme}_b64`, verifyRoomPost(sender, { data: post.data, signature }), 'does not verify')
}

function serverStrip(c: CaseReader): void {
  const stored = stripPadding(c.hex('received'))
  c.expectHex('stored', stored.data)
  c.expect('data_size', stored.receivedLength)
  c.expectHex('received', restorePadding({ data: c.hex('stored'), receivedLength: c.number('data_size') }))
}

function roomLink(c: CaseReader): void {
  const url = c.text('url')
  if (!c.flag('valid')) {
    c.expectThrows('url', () => parseRoomUrl(url))
    for (const name of ['base_url', 'room', 'pubkey']) c.expect(name, null)
    return
  }
  const { server, spelling, token, publicKey } = parseRoomUrl(url)
  c.expect('base_url', server)
  c.expect('room', spelling)
  c.demand('room', token === spelling.toLowerCase(), 'has another canonical form')
  c.expectHex('pubkey', publicKey)
}

/** These links are read without a look at the room, whose letters are checked when it is joined. */
function fullAndPartialUrl(c: CaseReader): void {
  const url = c.text('url')
  c.expectResult('parse_partial_url', () => partsOf(url))
  c.expectResult('parse_full_url', () => {
    const { server, room, publicKey } = readRoomLink(url)
    if (publicKey === undefined) return partsOfRoom(url)
    return { ...partsOf(url), full_url: formatRoomUrl(server, room, publicKey) }
  })
  // A room that cannot be joined is refused by the whole reader, and no other one is.
  const readable = c.json('parse_full_url')
  const room = isObject(readable) ? member(readable, 'room') : undefined
  if (typeof room !== 'string') c.expectThrows('url', () => parseRoomUrl(url))
  else if (/^[-\w]+$/.test(room)) c.demand('url', parseRoomUrl(url).spelling === room, 'is another room')
  else
    c.demand(
      'url',
      c.expectThrows('url', () => parseRoomUrl(url)) === 'community.bad-room',
      'is refused for another reason',
    )
}

function partsOf(url: string): { readonly [name: string]: Comparable } {
  const { server, room, publicKey } = readRoomLink(url)
  return { base_url: server, room, pubkey: publicKey === undefined ? null : encodeHex(publicKey) }
}

/** A full link without a key is refused by the whole reader. */
function partsOfRoom(url: string): Comparable {
  return parseRoomUrl(url).spelling
}

function canonicalUrl(c: CaseReader): void {
  const url = c.text('canonical_url_in')
  c.expectResult('canonical_url', () => parseServerUrl(url))
}

function canonicalRooms(c: CaseReader): void {
  const rooms = c.texts('input').map(url => {
    const { server, spelling, token, publicKey } = parseRoomUrl(url)
    c.demand('input', encodeHex(publicKey) === '0123456789abcdef'.repeat(4), 'holds another key')
    return [server, spelling, token]
  })
  c.expect('expect', rooms)
}
