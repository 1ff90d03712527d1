import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Build, formatBuild, parseBuild } from '../../src/updates/build.ts'
import { formatSignature, parseSignature } from '../../src/updates/build-signature.ts'

const hex = (bytes: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map(each => Buffer.from(each).toString('hex'))
const anyName = fc.stringMatching(/^[0-9A-Za-z_~@-][0-9A-Za-z_.@~-]{0,20}$/)
const anyPath = fc.array(anyName, { minLength: 1, maxLength: 5 }).map(names => `/${names.join('/')}`)
const anyFile = fc.record({ path: anyPath, sha256: hex(32), size: fc.nat(1_000_000) })
const anyBuild: fc.Arbitrary<Build> = fc.record({
  version: fc.stringMatching(/^[0-9A-Za-z.+-]{1,40}$/),
  files: fc
    .uniqueArray(anyFile, { minLength: 1, maxLength: 20, selector: ({ path }) => path })
    .map(files => files.toSorted((one, other) => (one.path < other.path ? -1 : 1))),
})
const anySignature = fc.record({ key: hex(32), signature: hex(64), signedAt: fc.nat(), local: fc.boolean() })

test('reading undoes writing', () => {
  fc.assert(
    fc.property(anyBuild, build => {
      expect(parseBuild(formatBuild(build))).toEqual(build)
    }),
  )
  fc.assert(
    fc.property(anySignature, each => {
      expect(parseSignature(formatSignature(each))).toEqual(each)
    }),
  )
})

test('any beginning of a text is refused', () => {
  const cut = (text: string, at: number): string => text.trimEnd().slice(0, at % text.trimEnd().length)
  fc.assert(
    fc.property(anyBuild, fc.nat(), (build, at) => {
      expect(parseBuild(cut(formatBuild(build), at))).toBe(undefined)
    }),
  )
  fc.assert(
    fc.property(anySignature, fc.nat(), (each, at) => {
      expect(parseSignature(cut(formatSignature(each), at))).toBe(undefined)
    }),
  )
})

test('no text is fatal', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), text => {
      expect([parseBuild(text), parseSignature(text)]).toEqual([undefined, undefined])
    }),
  )
})

const file = { path: '/index.html', sha256: 'ab'.repeat(32), size: 1 }
test.for([
  { ...file, path: '/../secret' },
  { ...file, path: '/a/./b' },
  { ...file, path: 'https://evil.example/' },
  { ...file, path: '//evil.example' },
  { ...file, path: '/a?b' },
  { ...file, path: '/' },
  { ...file, path: '/pipe\n' },
  { ...file, path: `/${'a/'.repeat(8)}a` },
  { ...file, path: `/${'a'.repeat(121)}` },
  { ...file, sha256: 'AB'.repeat(32) },
  { ...file, size: -1 },
  { ...file, size: 0.5 },
  { ...file, size: 33_554_433 },
  { ...file, size: '1' },
  { path: '/index.html' },
  [],
  'x',
])('a row that is none: %j', row => {
  const text = (files: unknown): string => JSON.stringify({ format: 'sotto-build-1', version: '1', files })
  expect(parseBuild(text([file]))).toBeDefined()
  expect(parseBuild(text([row]))).toBe(undefined)
})

test.for([
  ['no rows', []],
  ['the same twice', [file, file]],
  [
    'not in order',
    [
      { ...file, path: '/b' },
      { ...file, path: '/a' },
    ],
  ],
  ['too many bytes', ['/a', '/b', '/c', '/d', '/e'].map(path => ({ ...file, path, size: 33_554_432 }))],
  ['too many', Array.from({ length: 2001 }, (_, at) => ({ ...file, path: `/${10_000 + at}` }))],
] as const)('rows that are none together: %s', ([, files]) => {
  expect(parseBuild(JSON.stringify({ format: 'sotto-build-1', version: '1', files }))).toBe(undefined)
})
