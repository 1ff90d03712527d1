import fc from 'fast-check'
import { expect, test } from 'vitest'
import accounts from '../../../../vectors/accounts.json' with { type: 'json' }
import {
  createLegacyAttachmentKey,
  LegacyAttachmentKey,
  type LegacyAttachmentPointer,
  legacyPaddedSize,
  MAX_BLOB_BYTES,
  memorySource,
  openLegacyAttachment,
  openLegacyAttachmentSource,
  sealLegacyAttachment,
  sealLegacyAttachmentSource,
} from '../../src/attachment/index.ts'
import { createAes256CbcEncryptor, hmacSha256, sha256, SymmetricKey } from '../../src/crypto/index.ts'
import { concatBytes, decodeHex, encodeHex } from '../../src/encoding/index.ts'
import { codeOf } from '../coded.ts'
import { codeOfReading, readAll } from './reading.ts'
import { asynchronous, fileSizes, flipBit, PiecedSource, pieceSizes, sevens } from './sources.ts'

const vector = accounts.attachmentLegacy
const keyBytes = decodeHex(vector.keyHex)
const key = new LegacyAttachmentKey(keyBytes)
const iv = decodeHex(vector.ivHex)

test('the known answer', () => {
  const { blob, digest } = sealLegacyAttachment(decodeHex(vector.plaintextHex), key, iv)
  expect(encodeHex(blob)).toBe(vector.blobHex)
  expect(encodeHex(digest)).toBe(vector.digestSha256Hex)
  expect(encodeHex(openLegacyAttachment(blob, { key, digest, sizeBytes: vector.size }))).toBe(vector.plaintextHex)
  expect(openLegacyAttachment(blob, { key, digest, sizeBytes: vector.paddedLength })).toHaveLength(vector.paddedLength)
})

test.for(accounts.attachmentLegacyPadding.cases)('$size bytes are padded to $padded', ({ size, padded }) => {
  expect(legacyPaddedSize(size)).toBe(padded)
})

test('padding never shortens, adds at most a twentieth and a bit, and rises with the size', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 12_000_000 }), size => {
      const padded = legacyPaddedSize(size)
      expect(padded).toBeGreaterThanOrEqual(Math.max(size, 541))
      expect(padded).toBeLessThanOrEqual(Math.max(size * 1.05 + 1, 541))
      expect(legacyPaddedSize(size + 1)).toBeGreaterThanOrEqual(padded)
    }),
  )
  for (const size of [-1, 0.5, Number.NaN, Infinity, 2 ** 53]) {
    expect(codeOf(() => legacyPaddedSize(size))).toBe('attachment.bad-size')
  }
})

test('any cutting into pieces gives the same blob, and opening undoes sealing', async () => {
  const property = fc.asyncProperty(
    fileSizes,
    pieceSizes,
    pieceSizes,
    fc.boolean(),
    async (size, cuts, other, padded) => {
      const data = sevens(size)
      const { blob, digest } = sealLegacyAttachment(data, key, iv, { padded })
      const sealed = sealLegacyAttachmentSource(new PiecedSource(data, cuts), key, iv, { padded })
      expect(sealed.sizeBytes).toBe(blob.length)
      expect(codeOf(() => sealed.digest())).toBe('attachment.unfinished')
      expect(await readAll(sealed.open())).toEqual(blob)
      expect(sealed.digest()).toEqual(digest)
      expect(digest).toEqual(sha256(blob))
      const pointer = { key, digest, sizeBytes: size }
      expect(openLegacyAttachment(blob, pointer)).toEqual(data)
      expect(await readAll(openLegacyAttachmentSource(new PiecedSource(blob, other), pointer))).toEqual(data)
      expect(await readAll(openLegacyAttachmentSource(asynchronous(memorySource(blob)), pointer))).toEqual(data)
    },
  )
  await fc.assert(property, { numRuns: 25 })
})

test('the sealed source can be read again, and can be opened as it stands', async () => {
  const data = sevens(70_000)
  const sealed = sealLegacyAttachmentSource(memorySource(data), key, iv)
  const first = await readAll(sealed.open())
  expect(await readAll(sealed.open())).toEqual(first)
  const pointer = { key, digest: sealed.digest(), sizeBytes: data.length }
  expect(await readAll(openLegacyAttachmentSource(sealed, pointer))).toEqual(data)
})

test('a changed blob never opens', async () => {
  const data = sevens(600)
  const { blob, digest } = sealLegacyAttachment(data, key, iv)
  await fc.assert(
    fc.asyncProperty(fc.nat(blob.length * 8 - 1), pieceSizes, async (at, cuts) => {
      const changed = flipBit(blob, at)
      const pointer = { key, digest, sizeBytes: 600 }
      expect(codeOf(() => openLegacyAttachment(changed, pointer))).toBe('attachment.bad-mac')
      const chunks = openLegacyAttachmentSource(new PiecedSource(changed, cuts), pointer)
      expect(await codeOfReading(() => chunks)).toBe('attachment.bad-mac')
    }),
    { numRuns: 40 },
  )
})

test('a prefix never opens, nor does what goes on', () => {
  const { blob, digest } = sealLegacyAttachment(sevens(15), key, iv)
  const pointer = { key, digest, sizeBytes: 15 }
  for (let length = 0; length < blob.length; length += 1) {
    const code = codeOf(() => openLegacyAttachment(blob.subarray(0, length), pointer))
    expect(code).toBe(length < 48 ? 'attachment.too-short' : 'attachment.bad-mac')
  }
  expect(codeOf(() => openLegacyAttachment(concatBytes(blob, new Uint8Array(1)), pointer))).toBe('attachment.bad-mac')
})

/** A blob with a right MAC and digest around any ciphertext, and what the pointer says of it. */
function authentic(ciphertext: Uint8Array, sizeBytes: number): [Uint8Array, LegacyAttachmentPointer] {
  const unsigned = concatBytes(iv, ciphertext)
  const blob = concatBytes(unsigned, hmacSha256(keyBytes.subarray(32), unsigned))
  return [blob, { key, digest: sha256(blob), sizeBytes }]
}

function encrypt(plaintext: Uint8Array): Uint8Array {
  const cipher = createAes256CbcEncryptor(new SymmetricKey(keyBytes.subarray(0, 32)), iv)
  return concatBytes(cipher.update(plaintext), cipher.finish())
}

test.for([
  ['nothing encrypted', new Uint8Array(0), 0, 'attachment.bad-length'],
  ['half a block', new Uint8Array(24), 0, 'attachment.bad-length'],
  ['no PKCS#7', encrypt(new Uint8Array(32)).subarray(0, 32), 3, 'attachment.bad-padding'],
  ['a size of the whole ciphertext', encrypt(new Uint8Array(20)), 32, 'attachment.wrong-size'],
  ['a size a little too large', encrypt(new Uint8Array(20)), 21, 'attachment.wrong-size'],
  ['no size', encrypt(new Uint8Array(20)), -1, 'attachment.bad-size'],
  ['a fitting size', encrypt(new Uint8Array(20)), 20, undefined],
] as const)('an authentic blob with %s', async ([, ciphertext, sizeBytes, code]) => {
  const [blob, pointer] = authentic(ciphertext, sizeBytes)
  expect(codeOf(() => openLegacyAttachment(blob, pointer))).toBe(code)
  expect(await codeOfReading(() => openLegacyAttachmentSource(memorySource(blob), pointer))).toBe(code)
})

test('the MAC is checked before the digest, and both must be there', async () => {
  const { blob, digest } = sealLegacyAttachment(sevens(20), key, iv)
  const other = new LegacyAttachmentKey(new Uint8Array(64))
  const pointers: readonly [LegacyAttachmentPointer, string][] = [
    [{ key, digest: undefined, sizeBytes: 20 }, 'attachment.missing-digest'],
    [{ key, digest: flipBit(digest, 3), sizeBytes: 20 }, 'attachment.bad-digest'],
    [{ key, digest: new Uint8Array(0), sizeBytes: 20 }, 'attachment.bad-digest'],
    [{ key: other, digest: flipBit(digest, 3), sizeBytes: 20 }, 'attachment.bad-mac'],
  ]
  for (const [pointer, code] of pointers) {
    expect(codeOf(() => openLegacyAttachment(blob, pointer))).toBe(code)
    expect(await codeOfReading(() => openLegacyAttachmentSource(memorySource(blob), pointer))).toBe(code)
  }
})

test('sizes are limited in both directions', async () => {
  const tooLarge = 'attachment.too-large'
  const huge = { sizeBytes: MAX_BLOB_BYTES + 1, open: () => [] }
  const pointer = { key, digest: new Uint8Array(32), sizeBytes: 5 }
  expect(codeOf(() => sealLegacyAttachmentSource(huge, key, iv))).toBe(tooLarge)
  expect(codeOf(() => sealLegacyAttachmentSource(huge, key, iv, { maxBlobBytes: 2 ** 30 }))).toBeUndefined()
  expect(await codeOfReading(() => openLegacyAttachmentSource(huge, pointer))).toBe(tooLarge)
  expect(codeOf(() => sealLegacyAttachment(sevens(5), key, iv, { maxBlobBytes: 591 }))).toBe(tooLarge)
  expect(codeOf(() => sealLegacyAttachment(sevens(5), key, iv, { maxBlobBytes: 592 }))).toBeUndefined()
  expect(codeOf(() => openLegacyAttachment(new Uint8Array(600), pointer, { maxBlobBytes: 599 }))).toBe(tooLarge)
  for (const sizeBytes of [-1, 1.5, Number.NaN]) {
    const odd = { sizeBytes, open: () => [] }
    expect(codeOf(() => sealLegacyAttachmentSource(odd, key, iv))).toBe('attachment.bad-size')
  }
})

test('an IV has 16 bytes and a key 64', () => {
  expect(codeOf(() => sealLegacyAttachment(sevens(5), key, iv.subarray(1)))).toBe('attachment.bad-iv')
  expect(codeOf(() => sealLegacyAttachmentSource(memorySource(iv), key, keyBytes))).toBe('attachment.bad-iv')
  expect(codeOf(() => new LegacyAttachmentKey(iv))).toBe('crypto.bad-length')
  const drawn = createLegacyAttachmentKey(size => sevens(size))
  expect(drawn.expose()).toEqual(sevens(64))
  expect(String(drawn)).not.toContain('7')
})
