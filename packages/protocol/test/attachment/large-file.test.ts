import fc from 'fast-check'
import { expect, test } from 'vitest'
import vectors from '../../../../vectors/large-files.json' with { type: 'json' }
import {
  type ChunkDigest,
  type ChunkPlace,
  contentFileId,
  decodeLargeManifest,
  encodeLargeManifest,
  LARGE_CHUNK_BYTES,
  largeChunkBytes,
  largeChunkCount,
  type LargeFile,
  MAX_BLOB_BYTES,
  MAX_LARGE_FILE_BYTES,
  MAX_LARGE_MANIFEST_BYTES,
  openLargeChunkInPlace,
  parseFileId,
  type SealedChunk,
  sealedChunkBytes,
  sealLargeChunk,
} from '../../src/attachment/index.ts'
import { equalBytes, sha256, SymmetricKey } from '../../src/crypto/index.ts'
import { type BencodeInput, decodeHex, encodeBencode, encodeHex } from '../../src/encoding/index.ts'
import { codeOf, unlessRefused } from '../coded.ts'

const key = new SymmetricKey(decodeHex(vectors.key))

function pattern(length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at++) bytes[at] = at % 251
  return bytes
}

/** Of a copy, which is worth nothing afterwards. */
function open(file: LargeFile, chunk: number, blob: Uint8Array, { digest }: ChunkDigest): Uint8Array {
  return openLargeChunkInPlace(file, chunk, blob.slice(), { digest })
}

function sealAll(file: LargeFile, bytes: Uint8Array): readonly SealedChunk[] {
  return Array.from({ length: largeChunkCount(file.sizeBytes) }, (_, chunk) =>
    sealLargeChunk(file, chunk, bytes.subarray(chunk * LARGE_CHUNK_BYTES, (chunk + 1) * LARGE_CHUNK_BYTES)),
  )
}

test.for(vectors.cases)('known answer: $size bytes', ({ chunks, manifest, size }) => {
  const file = { key, sizeBytes: size }
  const bytes = pattern(size)
  const sealed = sealAll(file, bytes)
  expect(sealed).toHaveLength(chunks.length)
  const places = sealed.map(({ blob, digest }, at): ChunkPlace => {
    const v = chunks[at]
    expect(blob).toHaveLength(v?.length ?? 0)
    expect(sealedChunkBytes(size, at)).toBe(v?.length)
    expect(encodeHex(blob.subarray(0, 16))).toBe(v?.first)
    expect(encodeHex(blob.subarray(-16))).toBe(v?.tag)
    expect(encodeHex(digest)).toBe(v?.digest)
    expect(encodeHex(sha256(blob))).toBe(v?.sha256)
    const id = contentFileId(blob)
    expect(id).toBe(v?.id)
    const part = open(file, at, blob, { digest })
    expect(part).toHaveLength(largeChunkBytes(size, at))
    const from = at * LARGE_CHUNK_BYTES
    expect(equalBytes(part, bytes.subarray(from, from + part.length))).toBe(true)
    return { id, digest }
  })
  const written = encodeLargeManifest({ ...file, chunks: places })
  expect(encodeHex(written)).toBe(manifest)
  const read = decodeLargeManifest(written)
  expect(read).toMatchObject({ sizeBytes: size, chunks: places })
  expect(read.key.expose()).toEqual(key.expose())
})

test('the chunks of any file are as long as the file, and each of them fits', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: MAX_LARGE_FILE_BYTES }), sizeBytes => {
      const lengths = Array.from({ length: largeChunkCount(sizeBytes) }, (_, at) => largeChunkBytes(sizeBytes, at))
      expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(sizeBytes)
      for (const [at, length] of lengths.entries()) {
        expect(sealedChunkBytes(sizeBytes, at)).toBeGreaterThan(length)
        expect(sealedChunkBytes(sizeBytes, at)).toBeLessThanOrEqual(MAX_BLOB_BYTES)
      }
    }),
  )
  expect(largeChunkCount(MAX_LARGE_FILE_BYTES)).toBe(48)
  expect(codeOf(() => largeChunkCount(MAX_LARGE_FILE_BYTES + 1))).toBe('attachment.too-large')
  expect(codeOf(() => largeChunkCount(0))).toBe('attachment.bad-size')
  expect(codeOf(() => largeChunkBytes(LARGE_CHUNK_BYTES, 1))).toBe('attachment.bad-chunk')
})

test('a chunk opens in its place in its file only, and as it was', () => {
  const file = { key, sizeBytes: LARGE_CHUNK_BYTES * 2 }
  const [first, second] = sealAll(file, pattern(file.sizeBytes))
  if (first === undefined || second === undefined) throw new Error('there are two')
  expect(codeOf(() => open(file, 1, first.blob, first))).toBe('attachment.open-failed')
  expect(codeOf(() => open(file, 0, second.blob, second))).toBe('attachment.open-failed')
  expect(codeOf(() => open(file, 0, second.blob, first))).toBe('attachment.bad-digest')
  const longer = { key, sizeBytes: file.sizeBytes + 1 }
  expect(codeOf(() => open(longer, 0, first.blob, first))).toBe('attachment.open-failed')
  const other = { key: new SymmetricKey(new Uint8Array(32)), sizeBytes: file.sizeBytes }
  expect(codeOf(() => open(other, 0, first.blob, first))).toBe('attachment.open-failed')
  expect(codeOf(() => open(file, 0, first.blob.subarray(1), first))).toBe('attachment.bad-length')
  const bent = first.blob.slice()
  bent[7] = (bent[7] ?? 0) ^ 1
  expect(codeOf(() => open(file, 0, bent, first))).toBe('attachment.bad-digest')
  expect(codeOf(() => sealLargeChunk(file, 0, new Uint8Array(5)))).toBe('attachment.wrong-size')
})

const place: BencodeInput = ['abc', new Uint8Array(32)]
const good: Readonly<Record<string, BencodeInput>> = { c: [place], k: new Uint8Array(32), n: 100, v: 1 }

test.for<readonly [what: string, changed: Readonly<Record<string, BencodeInput>>, code: string]>([
  ['a newer version', { v: 2 }, 'attachment.newer-manifest'],
  ['no version', { v: 'x' }, 'attachment.bad-manifest'],
  ['no chunk', { c: [] }, 'attachment.bad-manifest'],
  ['a chunk too many', { c: [place, place] }, 'attachment.bad-manifest'],
  ['a chunk too few', { n: LARGE_CHUNK_BYTES + 1 }, 'attachment.bad-manifest'],
  ['no length', { n: 0 }, 'attachment.bad-manifest'],
  ['a length beyond all', { n: MAX_LARGE_FILE_BYTES + 1 }, 'attachment.bad-manifest'],
  ['a length beyond numbers', { n: 2n ** 63n }, 'attachment.bad-manifest'],
  ['a short key', { k: new Uint8Array(31) }, 'attachment.bad-manifest'],
  ['a short digest', { c: [['abc', new Uint8Array(31)]] }, 'attachment.bad-manifest'],
  ['an id that is a path', { c: [['../abc', new Uint8Array(32)]] }, 'attachment.bad-manifest'],
  ['more of a chunk', { c: [['abc', new Uint8Array(32), 1]] }, 'attachment.bad-manifest'],
  ['a list in a list in a list', { c: [[['abc'], new Uint8Array(32)]] }, 'attachment.bad-manifest'],
])('refused: %s', ([, changed, code]) => {
  const input = encodeBencode(new Map(Object.entries({ ...good, ...changed })))
  expect(codeOf(() => decodeLargeManifest(input))).toBe(code)
})

test('what else stands in a manifest is not read, but it has to be short', () => {
  const withMore = encodeBencode(new Map(Object.entries({ ...good, z: 'more' })))
  expect(decodeLargeManifest(withMore)).toMatchObject({ sizeBytes: 100, chunks: [{ id: 'abc' }] })
  const long = encodeBencode(new Map(Object.entries({ ...good, z: new Uint8Array(MAX_LARGE_MANIFEST_BYTES) })))
  expect(codeOf(() => decodeLargeManifest(long))).toBe('attachment.bad-manifest')
  const none: ChunkPlace[] = []
  expect(codeOf(() => encodeLargeManifest({ key, sizeBytes: 1, chunks: none }))).toBe('attachment.bad-manifest')
})

test('the longest manifest is no longer than one may be', () => {
  const chunk = { id: parseFileId('x'.repeat(64)), digest: new Uint8Array(32) }
  const chunks = Array.from({ length: largeChunkCount(MAX_LARGE_FILE_BYTES) }, () => chunk)
  const bytes = encodeLargeManifest({ key, sizeBytes: MAX_LARGE_FILE_BYTES, chunks })
  expect(bytes.length).toBeLessThan(MAX_LARGE_MANIFEST_BYTES)
  expect(decodeLargeManifest(bytes).chunks).toEqual(chunks)
})

test('no bytes do anything but be taken or refused', () => {
  const bytes = encodeBencode(new Map(Object.entries(good)))
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
      const bent = bytes.slice()
      bent[at] = value
      const manifest = unlessRefused(() => decodeLargeManifest(bent))
      if (manifest !== undefined) expect(manifest.chunks).toHaveLength(largeChunkCount(manifest.sizeBytes))
    }),
  )
  for (let length = 0; length < bytes.length; length++) {
    expect(codeOf(() => decodeLargeManifest(bytes.subarray(0, length)))).toBe('attachment.bad-manifest')
  }
})
