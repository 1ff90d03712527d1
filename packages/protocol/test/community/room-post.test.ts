import { anyBytes, anyEd25519KeyPair, anyRandom, bytesOf } from '@sotto/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import servers from '../../../../vectors/servers.json' with { type: 'json' }
import { formatAccountId, parseAccountId } from '../../src/account/index.ts'
import { deriveBlinded15KeyPair, deriveBlinded25KeyPair } from '../../src/blinding/index.ts'
import {
  isAccountId,
  parseCommunityUserId,
  restorePadding,
  signRoomPost,
  stripPadding,
  unblindedIdentity,
  verifyRoomPost,
} from '../../src/community/index.ts'
import {
  ed25519KeyPairToX25519,
  ed25519Sign,
  ed25519Signature,
  x25519PublicKey,
  xed25519Verify,
} from '../../src/crypto/index.ts'
import { decodeBase64, decodeHex, encodeHex, unpadMessage } from '../../src/encoding/index.ts'
import { codeOf } from '../coded.ts'

test.for(servers.room_message.cases)('known answer: $what', known => {
  const data = decodeBase64(known.data_b64)
  expect(encodeHex(unpadMessage(data))).toBe(known.content)
  const posts = [
    { sender: known.sender15, signature: known.signature15_b64 },
    { sender: known.sender25, signature: known.signature25_b64 },
  ]
  for (const { sender, signature } of posts) {
    const post = { data, signature: ed25519Signature(decodeBase64(signature)) }
    expect(verifyRoomPost(parseCommunityUserId(sender), post)).toBe(true)
    expect(verifyRoomPost(parseCommunityUserId(sender), { ...post, data: data.subarray(1) })).toBe(false)
  }
})

test('a post of each identity verifies under the id that the server names, and under no other', () => {
  const anyServer = bytesOf(32).map(x25519PublicKey)
  fc.assert(
    fc.property(anyEd25519KeyPair(), anyServer, anyBytes(), anyRandom(), (account, server, content, random) => {
      const id = formatAccountId(ed25519KeyPairToX25519(account).publicKey)
      const pair15 = deriveBlinded15KeyPair(account, server)
      const pair25 = deriveBlinded25KeyPair(account, server)
      const authors = [
        { identity: unblindedIdentity(account, server), user: id },
        { identity: pair15, user: pair15.id },
        { identity: pair25, user: pair25.id },
      ]
      for (const { identity, user } of authors) {
        const post = signRoomPost(identity, content, random)
        expect(unpadMessage(post.data)).toEqual(content)
        expect(authors.filter(other => verifyRoomPost(other.user, post)).map(other => other.user)).toEqual([user])
      }
    }),
    { numRuns: 15 },
  )
})

test('an unblinded post verifies for clients that know XEd25519 only', () => {
  fc.assert(
    fc.property(anyEd25519KeyPair(), anyRandom(), (account, random) => {
      const { publicKey } = ed25519KeyPairToX25519(account)
      const post = signRoomPost(unblindedIdentity(account, publicKey), Uint8Array.of(1), random)
      expect(xed25519Verify(publicKey, post.data, post.signature)).toBe(true)
    }),
    { numRuns: 15 },
  )
})

test('a plain Ed25519 signature of the account verifies as well, whatever the sign of its key', () => {
  fc.assert(
    fc.property(anyEd25519KeyPair(), anyBytes(), (account, data) => {
      const id = formatAccountId(ed25519KeyPairToX25519(account).publicKey)
      const signature = ed25519Sign(account, data)
      expect(verifyRoomPost(id, { data, signature })).toBe(true)
      expect(verifyRoomPost(id, { data: Uint8Array.of(...data, 0), signature })).toBe(false)
    }),
    { numRuns: 25 },
  )
})

test('nobody signs for an account id without a key', () => {
  const id = parseAccountId(`05ec${'ff'.repeat(30)}7f`)
  expect(verifyRoomPost(id, { data: new Uint8Array(1), signature: ed25519Signature(new Uint8Array(64)) })).toBe(false)
})

test('users have account ids or blinded ones', () => {
  for (const prefix of ['05', '15', '25']) {
    const id = parseCommunityUserId(prefix + 'AB'.repeat(32))
    expect(id).toBe(prefix + 'ab'.repeat(32))
    expect(isAccountId(id)).toBe(prefix === '05')
  }
  for (const text of ['', '05', `03${'ab'.repeat(32)}`, `00${'ab'.repeat(32)}`, `ff${'ab'.repeat(32)}`]) {
    expect(codeOf(() => parseCommunityUserId(text))).toBe('community.bad-user')
  }
})

test.for(servers.padding.server_strip)('known answer: $received is kept as $stored', known => {
  const stored = stripPadding(decodeHex(known.received))
  expect(encodeHex(stored.data)).toBe(known.stored)
  expect(stored.receivedLength).toBe(known.data_size)
  expect(encodeHex(restorePadding(stored))).toBe(known.received)
})

test('whatever was received comes back', () => {
  const tails = fc.uint8Array({ maxLength: 4 }).map(bytes => bytes.map(byte => (byte % 2) * 0x80))
  fc.assert(
    fc.property(anyBytes(8), tails, (head, tail) => {
      const received = Uint8Array.of(...head, ...tail)
      expect(restorePadding(stripPadding(received))).toEqual(received)
    }),
  )
})

test('a stored size below that of the data, or none at all, is refused', () => {
  for (const receivedLength of [0, 1, 2.5, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(codeOf(() => restorePadding({ data: new Uint8Array(2), receivedLength }))).toBe('community.bad-size')
  }
})
