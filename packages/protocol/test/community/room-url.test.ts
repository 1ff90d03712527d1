import { bytesOf } from '@sotto/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import config from '../../../../vectors/config.json' with { type: 'json' }
import servers from '../../../../vectors/servers.json' with { type: 'json' }
import {
  currentServerUrl,
  formatRoomUrl,
  isSameServer,
  OFFICIAL_SERVER,
  officialServerKey,
  parseRoomToken,
  parseRoomUrl,
  parseServerUrl,
  readRoomLink,
} from '../../src/community/index.ts'
import { x25519PublicKey } from '../../src/crypto/index.ts'
import { encodeBase32z, encodeBase64, encodeBase64Unpadded, encodeHex } from '../../src/encoding/index.ts'
import { codeOf } from '../coded.ts'

const key = x25519PublicKey(new Uint8Array(32).fill(0xa5))
const inHex = encodeHex(key)

test.for(servers.community_urls.cases)('known answer: $what', known => {
  if (!known.valid) {
    expect(codeOf(() => parseRoomUrl(known.url))).toMatch(/^community\./)
    return
  }
  const url = parseRoomUrl(known.url)
  expect([url.server, url.spelling, encodeHex(url.publicKey)]).toEqual([known.base_url, known.room, known.pubkey])
})

test('known answers: the same rooms in other spellings', () => {
  const known = config.vectors.find(({ id }) => id === 'community.urls') as { input: string[]; expect: string[][] }
  const urls = known.input.map(parseRoomUrl)
  expect(urls.map(({ server, spelling, token }) => [server, spelling, token])).toEqual(known.expect)
  expect(new Set(urls.map(({ publicKey }) => encodeHex(publicKey))).size).toBe(1)
})

test('a link is read back whole, with its key in each spelling and with /r/', () => {
  const anyRoom = fc.string({
    unit: fc.constantFrom('A', 'Z', 'a', 'z', '0', '9', '_', '-'),
    minLength: 1,
    maxLength: 64,
  })
  const anyServer = fc.constantFrom('https://a.bc', 'http://1.2.3.4:22', 'https://x-y.example:8443').map(parseServerUrl)
  fc.assert(
    fc.property(anyServer, anyRoom, bytesOf(32).map(x25519PublicKey), (server, room, publicKey) => {
      const url = { server, token: parseRoomToken(room), spelling: room, publicKey }
      expect(parseRoomUrl(formatRoomUrl(server, room, publicKey))).toEqual(url)
      for (const text of [encodeBase64(publicKey), encodeBase64Unpadded(publicKey), encodeBase32z(publicKey)]) {
        expect(parseRoomUrl(`${server}/r/${room}?public_key=${text}`)).toEqual(url)
      }
      expect(readRoomLink(`${server}/${room}`)).toEqual({ server, room, publicKey: undefined })
    }),
  )
})

test('addresses of servers have one form', () => {
  const forms: readonly (readonly [string, string])[] = [
    ['HTTP://Example.Org', 'http://example.org'],
    ['https://example.org:443/', 'https://example.org'],
    ['http://example.org:0080', 'http://example.org'],
    ['http://example.org:443', 'http://example.org:443'],
    ['https://example.org:0000000065535', 'https://example.org:65535'],
    ['http://-bad.com', 'http://-bad.com'],
    ['http://1.2.3.4:22', 'http://1.2.3.4:22'],
    ['http://abc.', 'http://abc.'],
  ]
  for (const [text, form] of forms) {
    expect(parseServerUrl(text)).toBe(form)
    expect(parseServerUrl(parseServerUrl(text))).toBe(form)
  }
})

test('what is no address of a server is refused', () => {
  // oxfmt-ignore
  const bad = [
    '', 'example.org', '//example.org', 'ftp://example.org', 'https:/example.org', 'https://', 'https://a.b',
    'https://localhost', 'https://.abc', 'https://a..b', 'https://exa mple.org', 'https://example.org/x',
    'https://example.org//', 'https://user@example.org', 'https://example.org:', 'https://example.org:0',
    'https://example.org:65536', 'https://example.org:1e3', 'https://[::1]:80', 'https://ex\u00E4mple.org',
    'https://example.org\n', ' https://example.org', 'http\u017F://example.org', 'https://\u212Aim.org',
  ]
  for (const text of bad) expect(codeOf(() => parseServerUrl(text))).toBe('community.bad-server')
})

test('an address has at most 267 characters, and what is read at most 4096', () => {
  const host = (length: number): string => `http://${'a'.repeat(length - 'http://.b'.length)}.b`
  expect(parseServerUrl(host(267))).toHaveLength(267)
  expect(codeOf(() => parseServerUrl(host(268)))).toBe('community.too-long')
  expect(codeOf(() => parseServerUrl(`https://a.bc:${'0'.repeat(4096)}1`))).toBe('community.too-long')
  expect(codeOf(() => readRoomLink(`https://a.bc/${'r'.repeat(4096)}`))).toBe('community.too-long')
})

test('tokens are folded after their letters were checked', () => {
  expect(parseRoomToken('Some_ROOM-1')).toBe('some_room-1')
  expect(parseRoomToken('A'.repeat(64))).toHaveLength(64)
  for (const text of ['', 'a'.repeat(65), 'bad room', 'a/b', 'a\n', '\u212A', '%41', 'a.b']) {
    expect(codeOf(() => parseRoomToken(text))).toBe('community.bad-room')
  }
})

test('the parts of a link are told apart by the last mark', () => {
  expect(readRoomLink(`https://a.bc/r?public_key=${inHex}`).room).toBe('r')
  expect(readRoomLink(`https://a.bc/bad room?public_key=${inHex}`).room).toBe('bad room')
  expect(readRoomLink('https://a.bc/r/x?y=z').room).toBe('x?y=z')
  expect(codeOf(() => readRoomLink(`https://a.bc/r/x/r/y?public_key=${inHex}`))).toBe('community.bad-server')
  expect(codeOf(() => readRoomLink(`https://a.bc/x/y?public_key=${inHex}`))).toBe('community.bad-server')
  expect(codeOf(() => parseRoomUrl(`https://a.bc/?public_key=${inHex}`))).toBe('community.bad-room')
  expect(codeOf(() => parseRoomUrl(`https://a.bc/a?public_key=x?public_key=${inHex}`))).toBe('community.bad-room')
  expect(codeOf(() => parseRoomUrl(`https://a.bc/bad room?public_key=${inHex}`))).toBe('community.bad-room')
  expect(codeOf(() => parseRoomUrl('https://a.bc/x'))).toBe('community.missing-key')
})

test('a key is 32 bytes in one of four spellings', () => {
  const base64 = encodeBase64(key)
  const bad = ['', inHex.slice(1), `${inHex}0`, `${inHex.slice(1)}g`, base64.replace('=', 'A'), `${base64}=`]
  for (const text of [...bad, encodeBase32z(key).toUpperCase(), `${inHex}&x=y`, base64.replaceAll('+', '-')]) {
    if (text === base64) continue
    expect(codeOf(() => readRoomLink(`https://a.bc/x?public_key=${text}`))).toBe('community.bad-key')
  }
})

test('any text is a link or refused', () => {
  const shaped = fc
    .tuple(fc.string(), fc.string(), fc.string())
    .map(parts => `https://a.bc${parts.join('/r/?public_key=')}`)
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), shaped), text => void codeOf(() => parseRoomUrl(text))))
})

test('the official server is one under all its addresses', () => {
  const old = ['http://open.getsession.org', 'https://116.203.70.33', 'http://116.203.70.33:8080'].map(parseServerUrl)
  for (const server of old) {
    expect(currentServerUrl(server)).toBe(OFFICIAL_SERVER)
    expect(isSameServer(server, OFFICIAL_SERVER)).toBe(true)
  }
  const link = 'https://open.getsession.org/session?public_key='
  expect(parseRoomUrl(link + encodeHex(officialServerKey())).server).toBe(OFFICIAL_SERVER)
})

test('other servers are one with http and https, and differ by host and port', () => {
  const [plain, secure, port] = ['http://a.bc', 'https://a.bc', 'https://a.bc:99'].map(parseServerUrl)
  if (plain === undefined || secure === undefined || port === undefined) throw new Error('no servers')
  expect(currentServerUrl(plain)).toBe(plain)
  expect(isSameServer(plain, secure)).toBe(true)
  expect(isSameServer(secure, port)).toBe(false)
  expect(isSameServer(secure, OFFICIAL_SERVER)).toBe(false)
})
