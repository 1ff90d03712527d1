import fc from 'fast-check'
import { expect, test } from 'vitest'
import accounts from '../../../../vectors/accounts.json' with { type: 'json' }
import {
  deterministicBlobSize,
  deterministicPadding,
  type FilePurpose,
  MAX_BLOB_BYTES,
  MAX_DETERMINISTIC_BYTES,
  memorySource,
  openDeterministicFile,
  openDeterministicSource,
  sealDeterministicFile,
  sealDeterministicSource,
} from '../../src/attachment/index.ts'
import { Ed25519Seed, SecretStreamSealer, type SecretStreamTag, sha256, SymmetricKey } from '../../src/crypto/index.ts'
import { concatBytes, decodeHex, encodeHex } from '../../src/encoding/index.ts'
import { codeOf } from '../coded.ts'
import { codeOfReading, readAll } from './reading.ts'
import { asynchronous, fileSizes, flipBit, PiecedSource, pieceSizes, sevens } from './sources.ts'

const { seedHex, sizes, cases } = accounts.attachmentDeterministic
const seed = new Ed25519Seed(decodeHex(seedHex))
const purposes: ReadonlyMap<string, FilePurpose> = new Map([
  ['SessionAttachmnt', 'attachment'],
  ['Session_Prof_Pic', 'profile-picture'],
])

test.for(sizes)('$plaintext bytes become $encrypted', ({ plaintext, encrypted, padding }) => {
  expect(deterministicPadding(plaintext)).toBe(padding)
  expect(deterministicBlobSize(plaintext)).toBe(encrypted)
})

test.for(cases)('$what', v => {
  const purpose = purposes.get(v.personalisation) ?? 'attachment'
  const { blob, key } = sealDeterministicFile(sevens(v.length), seed, purpose)
  expect(encodeHex(key.expose())).toBe(v.keyHex)
  expect(encodeHex(blob.subarray(1, 25))).toBe(v.headerHex)
  expect(encodeHex(blob.subarray(0, v.firstBytesHex.length / 2))).toBe(v.firstBytesHex)
  expect(blob).toHaveLength(v.encryptedLength)
  expect(encodeHex(sha256(blob))).toBe(v.encryptedSha256)
  expect(openDeterministicFile(blob, key)).toEqual(sevens(v.length))
})

test('blobs of all sizes end on a step, and steps are a sixteenth of the size at most', () => {
  const anySize = fc.oneof(
    fc.integer({ min: 0, max: 12_000_000 }),
    fc.integer({ min: 0, max: 2 ** 40 }),
    fc
      .tuple(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: -60, max: 60 }))
      .map(([chunks, more]) => Math.max(0, chunks * 32_768 + more)),
  )
  fc.assert(
    fc.property(anySize, size => {
      expect(deterministicPadding(size)).toBeGreaterThanOrEqual(1)
      const blob = deterministicBlobSize(size)
      const step = 2 ** Math.floor(Math.log2(Math.max(blob - 1, 131_072))) / 32
      expect(blob % Math.max(4096, step / 2)).toBe(0)
      expect(blob - size).toBeLessThanOrEqual(Math.max(8192, size / 15))
    }),
    { numRuns: 2000 },
  )
  expect(deterministicBlobSize(MAX_DETERMINISTIC_BYTES)).toBe(MAX_BLOB_BYTES)
  expect(deterministicBlobSize(MAX_DETERMINISTIC_BYTES + 1)).toBeGreaterThan(MAX_BLOB_BYTES)
  for (const size of [-1, 0.5, Number.NaN, Infinity]) {
    expect(codeOf(() => deterministicPadding(size))).toBe('attachment.bad-size')
    expect(codeOf(() => deterministicBlobSize(size))).toBe('attachment.bad-size')
  }
})

test('any cutting into pieces gives the same blob, and opening undoes sealing', async () => {
  const property = fc.asyncProperty(fileSizes, pieceSizes, pieceSizes, async (size, cuts, other) => {
    const data = sevens(size)
    const { blob, key } = sealDeterministicFile(data, seed, 'attachment')
    const sealed = await sealDeterministicSource(new PiecedSource(data, cuts), seed, 'attachment')
    expect(sealed.sizeBytes).toBe(blob.length)
    expect(sealed.key.expose()).toEqual(key.expose())
    expect(await readAll(sealed.open())).toEqual(blob)
    expect(await readAll(sealed.open())).toEqual(blob)
    expect(openDeterministicFile(blob, key)).toEqual(data)
    expect(await readAll(openDeterministicSource(new PiecedSource(blob, other), key))).toEqual(data)
    expect(await readAll(openDeterministicSource(asynchronous(sealed), key))).toEqual(data)
  })
  await fc.assert(property, { numRuns: 25 })
})

test('another account, another purpose or another file has another key', () => {
  const keys = [
    sealDeterministicFile(sevens(9), seed, 'attachment'),
    sealDeterministicFile(sevens(9), seed, 'profile-picture'),
    sealDeterministicFile(sevens(10), seed, 'attachment'),
    sealDeterministicFile(sevens(9), new Ed25519Seed(new Uint8Array(32)), 'attachment'),
  ].map(({ key }) => encodeHex(key.expose()))
  expect(new Set(keys).size).toBe(4)
})

test('a changed blob never opens', async () => {
  const { blob, key } = sealDeterministicFile(sevens(33_333), seed, 'attachment')
  await fc.assert(
    fc.asyncProperty(fc.nat(blob.length * 8 - 1), pieceSizes, async (at, cuts) => {
      const changed = flipBit(blob, at)
      const code = at < 8 ? 'attachment.bad-marker' : 'attachment.open-failed'
      expect(codeOf(() => openDeterministicFile(changed, key))).toBe(code)
      const chunks = openDeterministicSource(new PiecedSource(changed, cuts), key)
      expect(await codeOfReading(() => chunks)).toBe(code)
    }),
    { numRuns: 40 },
  )
})

test('what comes before an error is authentic: the beginning of the file', async () => {
  const data = sevens(200_000)
  const { blob, key } = sealDeterministicFile(data, seed, 'attachment')
  const opened: number[] = []
  const read = async (): Promise<void> => {
    for await (const chunk of openDeterministicSource(memorySource(flipBit(blob, 8 * 150_000)), key))
      opened.push(...chunk)
  }
  expect(await codeOfReading(read)).toBe('attachment.open-failed')
  expect(opened.length).toBeGreaterThan(0)
  expect(opened).toEqual([...data.subarray(0, opened.length)])
})

test('a prefix never opens, nor does what goes on', () => {
  const { blob, key } = sealDeterministicFile(sevens(100_000), seed, 'attachment')
  const codeAt = (length: number): string | undefined => codeOf(() => openDeterministicFile(blob.slice(0, length), key))
  for (let length = 0; length < 43; length += 1) expect(codeAt(length)).toBe('attachment.too-short')
  for (const length of [43, 1000, 25 + 32_785 + 17, blob.length - 1]) {
    expect(codeAt(length)).toBe('attachment.open-failed')
  }
  // Cut between chunks, and in what is too short for one.
  for (const more of [0, 1, 16]) expect(codeAt(25 + 32_785 + more)).toBe('attachment.truncated')
  const longer = concatBytes(blob, new Uint8Array(5))
  expect(codeOf(() => openDeterministicFile(longer, key))).toBe('attachment.open-failed')
})

/** A blob of chunks as given, of which all but the last should have 32 768 bytes. */
function blobOf(...chunks: readonly (readonly [Uint8Array, SecretStreamTag])[]): Uint8Array {
  const header = new Uint8Array(24).fill(5)
  const sealers = new SecretStreamSealer(handKey, header)
  return concatBytes(Uint8Array.of(0x53), header, ...chunks.map(([chunk, tag]) => sealers.seal(chunk, tag)))
}

const handKey = new SymmetricKey(new Uint8Array(32).fill(9))
const full = new Uint8Array(32_768)
const fullOfData = new Uint8Array(32_768).fill(1)

test.for([
  ['a file of one byte', blobOf([Uint8Array.of(1, 9), 'final']), 1],
  ['an empty file', blobOf([Uint8Array.of(0, 1), 'final']), 0],
  ['padding over chunks', blobOf([full, 'message'], [full, 'message'], [Uint8Array.of(0, 1, 1, 0), 'final']), 2],
  ['padding that ends a chunk', blobOf([full.with(32_767, 1), 'message'], [Uint8Array.of(7), 'final']), 1],
  ['a full last chunk', blobOf([fullOfData, 'message'], [fullOfData, 'final']), 65_535],
  ['an empty last chunk', blobOf([fullOfData, 'message'], [new Uint8Array(0), 'final']), 32_767],
] as const)('a blob of another writer: %s', async ([, blob, size]) => {
  expect(openDeterministicFile(blob, handKey)).toHaveLength(size)
  expect(await readAll(openDeterministicSource(memorySource(blob), handKey))).toHaveLength(size)
})

test.for([
  ['no end of the padding', blobOf([full, 'message'], [new Uint8Array(9), 'final']), 'attachment.bad-padding'],
  ['nothing but zeros', blobOf([new Uint8Array(1), 'final']), 'attachment.bad-padding'],
  ['another end of the padding', blobOf([Uint8Array.of(0, 2, 1), 'final']), 'attachment.bad-padding'],
  ['no last chunk', blobOf([Uint8Array.of(1, 9), 'message']), 'attachment.truncated'],
  ['only full chunks', blobOf([full.with(3, 1), 'message']), 'attachment.truncated'],
  ['a chunk that is too short', concatBytes(blobOf([full, 'message']), new Uint8Array(16)), 'attachment.truncated'],
  ['an end before the end', concatBytes(blobOf([fullOfData, 'final']), new Uint8Array(40)), 'attachment.trailing-data'],
  ['another marker', blobOf([Uint8Array.of(1, 9), 'final']).with(0, 0x54), 'attachment.bad-marker'],
] as const)('a blob with %s is refused', async ([, blob, code]) => {
  expect(codeOf(() => openDeterministicFile(blob, handKey))).toBe(code)
  expect(await codeOfReading(() => openDeterministicSource(memorySource(blob), handKey))).toBe(code)
  expect(await codeOfReading(() => openDeterministicSource(new PiecedSource(blob, [1, 3000]), handKey))).toBe(code)
})

test('sizes are limited in both directions', async () => {
  const huge = { sizeBytes: MAX_BLOB_BYTES + 1, open: () => [] }
  const limit = { maxBlobBytes: 2 ** 30 }
  expect(await codeOfReading(() => sealDeterministicSource(huge, seed, 'attachment'))).toBe('attachment.too-large')
  expect(await codeOfReading(() => openDeterministicSource(huge, handKey))).toBe('attachment.too-large')
  const allowed = sealDeterministicSource(huge, seed, 'attachment', limit)
  expect(await codeOfReading(() => allowed)).toBe('attachment.source-changed')
  const small = { maxBlobBytes: 4095 }
  expect(codeOf(() => sealDeterministicFile(sevens(9), seed, 'attachment', small))).toBe('attachment.too-large')
  expect(codeOf(() => openDeterministicFile(new Uint8Array(4096), handKey, small))).toBe('attachment.too-large')
})
