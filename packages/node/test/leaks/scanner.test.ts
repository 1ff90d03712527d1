import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { encodeHex } from '@sotto/protocol/encoding'
import { formatNodeAddress } from '@sotto/protocol/swarm'
import { ed25519PublicKey } from '@sotto/protocol/crypto'
import { seededRandom } from '@sotto/testing'
import { expect, test } from 'vitest'
import { type EncodingName, textCanary } from './scan/canary.ts'
import { findIdentifiers } from './scan/identifiers.ts'
import { Scanner } from './scan/scanner.ts'

const random = seededRandom(7)
const secret = random(32)
const scanner = new Scanner([{ name: 'secret', bytes: secret }])
const hex = encodeHex(secret)
const base64At = (shift: number): string => Buffer.from([...random(shift), ...secret, ...random(5)]).toString('base64')
const limbs = new DataView(secret.buffer)
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)
const json = JSON.stringify({ text: Buffer.from(secret).toString('latin1') })

/** One canary for each encoding, planted as a program would write it. */
const plants: readonly (readonly [EncodingName, string, Uint8Array])[] = [
  ['raw', 'raw', secret],
  ['utf-16le', 'UTF-16', Buffer.from(Buffer.from(secret).toString('latin1'), 'utf16le')],
  ['hex', 'hex', ascii(hex)],
  ['hex upper', 'upper-case hex', ascii(hex.toUpperCase())],
  ['base64', 'base64 at 0', ascii(base64At(0))],
  ['base64', 'base64 at 1', ascii(base64At(1))],
  ['base64', 'base64 at 2', ascii(base64At(2))],
  ['base64url', 'base64url at 0', Buffer.from(Buffer.from(secret).toString('base64url'))],
  ['base64url', 'base64url at 1', Buffer.from(Buffer.from([9, ...secret, 9]).toString('base64url'))],
  ['base64url', 'base64url at 2', Buffer.from(Buffer.from([9, 9, ...secret, 9]).toString('base64url'))],
  ['base32z', 'z-base-32', ascii(formatNodeAddress(ed25519PublicKey(secret)))],
  ['decimal limbs', 'a big-endian limb in digits', ascii(String(limbs.getBigUint64(8)))],
  ['decimal limbs', 'a little-endian limb in digits', ascii(String(limbs.getBigUint64(16, true)))],
  ['percent', 'percent signs', ascii(hex.replaceAll(/../g, '%$&'))],
  ['percent', 'percent signs in upper case', ascii(hex.toUpperCase().replaceAll(/../g, '%$&'))],
  ['json', 'JSON', ascii(json)],
  ['json', 'JSON with all escaped', ascii(hex.replaceAll(/../g, '\\u00$&'))],
  ['json', 'a JSON array of bytes', ascii(JSON.stringify(Array.from(secret)))],
  ['reversed', 'reversed bytes', secret.toReversed()],
]

test.for(plants)('finds a canary as %s: %s', ([encoding, , planted]) => {
  const bytes = Uint8Array.from([...random(1000), ...planted, ...random(1000)])
  const hits = scanner.scan([{ source: 'here', bytes }])
  expect(hits).toContainEqual(expect.objectContaining({ canary: 'secret', encoding, source: 'here', depth: 0 }))
})

test.for([
  ['gzip', gzipSync],
  ['zlib', deflateSync],
  ['zstd', zstdCompressSync],
] as const)('finds a canary inside of %s, wherever it begins and ends', ([, compress]) => {
  const inside = Uint8Array.from([...random(100), ...ascii(hex), ...random(100)])
  const bytes = Uint8Array.from([...random(333), ...compress(inside), ...random(33)])
  expect(scanner.scan([{ source: 'here', bytes }])).toContainEqual(
    expect.objectContaining({ encoding: 'hex', depth: 1 }),
  )
  const twice = Uint8Array.from([...random(9), ...gzipSync(bytes)])
  expect(scanner.scan([{ source: 'here', bytes: twice }])).toContainEqual(expect.objectContaining({ depth: 2 }))
})

test('finds texts that need escapes', () => {
  const text = 'Zoë "Tulpenfeld" 7\\9 🌷 ja/nein'
  const texts = new Scanner([textCanary('name', text)])
  for (const written of [text, JSON.stringify(text), encodeURIComponent(text)]) {
    expect(texts.scan([{ source: 'here', bytes: ascii(written) }]), written).not.toEqual([])
  }
})

test('finds nothing in what has nothing to do with it', () => {
  const bytes = seededRandom(8)(200_000)
  expect(
    scanner.scan([
      { source: 'here', bytes },
      { source: 'there', bytes: ascii(encodeHex(bytes)) },
    ]),
  ).toEqual([])
})

test('knows addresses, ids, keys and hashes by their shape', () => {
  const hash = Buffer.from(seededRandom(9)(32)).toString('base64').slice(0, 43)
  const line = `at 127.10.0.3 and ::ffff:7f0a or fe80::1:2 and 2001:db8:0:0:0:0:0:1 05${hex} ${hex} ${hash} end`
  expect(
    findIdentifiers(line)
      .map(({ kind }) => kind)
      .toSorted(),
  ).toEqual(['account id', 'hash', 'ipv4', 'ipv6', 'ipv6', 'ipv6', 'key'].toSorted())
  expect(findIdentifiers('at 127.0.0.1', new Set(['127.0.0.1']))).toEqual([])
})

test('takes ordinary log lines for harmless', () => {
  const line =
    '{"at":"2026-11-22T00:30:12.123Z","level":"info","event":"listener.started","port":22021,"version":"2.8.0"}'
  expect(findIdentifiers(line)).toEqual([])
  expect(findIdentifiers('packages/node/test/faults/cluster/virtual-cluster.ts:10:20')).toEqual([])
})
