import fc from 'fast-check'
import { expect, test } from 'vitest'
import servers from '../../../../vectors/servers.json' with { type: 'json' }
import {
  defaultFileServer,
  type FileServer,
  fileServerOnionKey,
  type FileUrl,
  formatFileUrl,
  parseFileId,
  parseFileServer,
  parseFileUrl,
  testFileServer,
} from '../../src/attachment/index.ts'
import { Ed25519KeyPair, Ed25519Seed, ed25519PublicKey } from '../../src/crypto/index.ts'
import { decodeHex, encodeHex } from '../../src/encoding/index.ts'
import { codeOf } from '../coded.ts'

const keyHex = servers.file_server_keys.ed25519_pubkey
const otherKey = new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(8))).publicKey
const otherHex = encodeHex(otherKey)
const base = 'http://filev2.getsession.org'
const hash = 'tKO2VVg1JPHwgZuvqK_7bDHJeSr4UJ_8i13ETlwAn0jB'

test('the default server', () => {
  const server = defaultFileServer()
  expect(server.url).toBe(base)
  expect(encodeHex(server.publicKey)).toBe(keyHex)
  expect(encodeHex(fileServerOnionKey(server))).toBe(servers.file_server_keys.x25519_pubkey)
})

const readable: readonly (readonly [text: string, url: string, id: string, deterministic: boolean, key: string])[] = [
  [`${base}/file/123`, base, '123', false, keyHex],
  [`${base}/file/${hash}#d`, base, hash, true, keyHex],
  [`${base}/file/${hash}#d=`, base, hash, true, keyHex],
  [`${base}/file/${hash}#`, base, hash, false, keyHex],
  [`${base}/file/${hash}#p=${keyHex}&d`, base, hash, true, keyHex],
  [`${base}/file/${hash}#d&p=${otherHex}`, base, hash, true, otherHex],
  [`${base}/file/${hash}#e=00ff&dd&x=d`, base, hash, false, keyHex],
  [`HTTP://FileV2.GetSession.org:080/file/${hash}`, base, hash, false, keyHex],
  [`https://getsession.org:443/a/b%20c/${hash}`, 'https://getsession.org', hash, false, keyHex],
  [`${base}/123`, base, '123', false, keyHex],
  [`${base}:8080/file/123`, `${base}:8080`, '123', false, keyHex],
  [`http://localhost:4567/file/1#p=${otherHex.toUpperCase()}`, 'http://localhost:4567', '1', false, otherHex],
  [`http://127.0.0.1/file/1#p=${otherHex}`, 'http://127.0.0.1', '1', false, otherHex],
]

test.for(readable)('%s', ([text, url, id, deterministic, key]) => {
  const parsed = parseFileUrl(text)
  expect(parsed.server.url).toBe(url)
  expect(encodeHex(parsed.server.publicKey)).toBe(key)
  expect([parsed.id, parsed.deterministic]).toEqual([id, deterministic])
  expect(parseFileUrl(formatFileUrl(parsed))).toEqual(parsed)
})

test.for([
  ['file-server.bad-url', ''],
  ['file-server.bad-url', '/file/1'],
  ['file-server.bad-url', 'ftp://filev2.getsession.org/file/1'],
  ['file-server.bad-url', 'http:///file/1'],
  ['file-server.bad-url', 'http://user@filev2.getsession.org/file/1'],
  ['file-server.bad-url', 'http://[::1]/file/1'],
  ['file-server.bad-url', 'http://a..b/file/1'],
  ['file-server.bad-url', 'http://.getsession.org/file/1'],
  ['file-server.bad-url', `${base}:0/file/1`],
  ['file-server.bad-url', `${base}:65536/file/1`],
  ['file-server.bad-url', `${base}:123456/file/1`],
  ['file-server.bad-url', base],
  ['file-server.bad-url', `${base}/fi le/1`],
  ['file-server.bad-id', `${base}/`],
  ['file-server.bad-id', `${base}/file/1/`],
  ['file-server.bad-id', `${base}/file/1?x=y`],
  ['file-server.bad-id', `${base}/file/1\n`],
  ['file-server.bad-id', `${base}/file/..`],
  ['file-server.bad-key', `${base}/file/1#p`],
  ['file-server.bad-key', `${base}/file/1#p=`],
  ['file-server.bad-key', `${base}/file/1#p=${otherHex}0`],
  ['file-server.bad-key', `${base}/file/1#p=${otherHex.slice(1)}g`],
  ['file-server.bad-key', `${base}/file/1#p=${otherHex}&p=${otherHex}`],
  ['file-server.bad-key', `${base}/file/1#p=${'00'.repeat(32)}`],
  ['file-server.unknown-server', 'http://files.example.org/file/1'],
  ['file-server.unknown-server', 'http://getsession.org.example.org/file/1#d'],
  ['file-server.unknown-server', 'http://notgetsession.org/file/1'],
  ['file-server.community-file', 'http://open.getsession.org/room/fileExtra/1'],
  ['file-server.community-file', `https://open.getsession.org/file/1#p=${otherHex}`],
  ['file-server.too-long', `${base}/file/1#${'d&'.repeat(2048)}`],
] as const)('%s: address %# is refused', ([code, text]) => {
  expect(codeOf(() => parseFileUrl(text))).toBe(code)
})

test('the key is left out for the default server only', () => {
  const written = (server: FileServer, deterministic: boolean): string =>
    formatFileUrl({ server, id: parseFileId('77'), deterministic })
  expect(written(defaultFileServer(), false)).toBe(`${base}/file/77`)
  expect(written(defaultFileServer(), true)).toBe(`${base}/file/77#d`)
  expect(written(testFileServer(), true)).toMatch(
    /^http:\/\/potatofiles\.getsession\.org\/file\/77#d&p=ff86[0-9a-f]{60}$/,
  )
  const own = parseFileServer('http://files.example.org:8080/', ed25519PublicKey(decodeHex(keyHex)))
  expect(written(own, false)).toBe(`http://files.example.org:8080/file/77#p=${keyHex}`)
})

test('reading undoes writing', () => {
  const server = fc
    .tuple(fc.constantFrom('http', 'https'), fc.domain(), fc.option(fc.integer({ min: 1, max: 65_535 })))
    .map(([scheme, host, port]) => parseFileServer(`${scheme}://${host}${port === null ? '' : `:${port}`}`, otherKey))
  const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/).map(parseFileId)
  const url: fc.Arbitrary<FileUrl> = fc.record({ server, id, deterministic: fc.boolean() })
  fc.assert(
    fc.property(url, each => {
      expect(parseFileUrl(formatFileUrl(each))).toEqual(each)
    }),
  )
})

test('any text is read or refused', () => {
  const parts = fc.constantFrom(
    'http://',
    base,
    '/',
    'file/',
    '#',
    'd',
    '&',
    'p=',
    otherHex,
    ':',
    '.',
    '1',
    '\u0000',
    '%',
  )
  const text = fc.oneof(
    fc.string(),
    fc.array(parts, { maxLength: 12 }).map(list => list.join('')),
  )
  fc.assert(
    fc.property(text, each => {
      expect(codeOf(() => parseFileUrl(each)) ?? 'file-server.').toMatch(/^file-server\./)
    }),
  )
})

test('addresses of servers have nothing after them', () => {
  expect(parseFileServer('HTTPS://A.b:443', otherKey)).toEqual({ url: 'https://a.b', publicKey: otherKey })
  for (const text of ['', 'a.b', 'http://', 'http://a.b/file', 'http://a.b#d', 'http://a.b:0', 'http://a.b\n']) {
    expect(codeOf(() => parseFileServer(text, otherKey))).toBe('file-server.bad-url')
  }
})
