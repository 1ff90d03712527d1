import { expect, test } from 'vitest'
import {
  type AttachmentSource,
  LegacyAttachmentKey,
  openDeterministicSource,
  openLegacyAttachmentSource,
  sealDeterministicFile,
  sealDeterministicSource,
  sealLegacyAttachment,
  sealLegacyAttachmentSource,
} from '../../src/attachment/index.ts'
import { Ed25519Seed } from '../../src/crypto/index.ts'
import { codeOfReading } from './reading.ts'
import { PiecedSource, sevens } from './sources.ts'

const seed = new Ed25519Seed(new Uint8Array(32).fill(3))
const legacyKey = new LegacyAttachmentKey(new Uint8Array(64).fill(4))
const iv = new Uint8Array(16)

type Way = (source: AttachmentSource) => Promise<AsyncIterable<Uint8Array>>

/** The four streams, each with the input that it reads for a file. `passes`: how often it reads it. */
function waysFor(data: Uint8Array): readonly [name: string, input: Uint8Array, passes: number, way: Way][] {
  const sealed = sealDeterministicFile(data, seed, 'attachment')
  const legacy = sealLegacyAttachment(data, legacyKey, iv)
  const pointer = { key: legacyKey, digest: legacy.digest, sizeBytes: data.length }
  return [
    ['seal', data, 2, async source => (await sealDeterministicSource(source, seed, 'attachment')).open()],
    ['open', sealed.blob, 1, source => Promise.resolve(openDeterministicSource(source, sealed.key))],
    ['seal legacy', data, 1, source => Promise.resolve(sealLegacyAttachmentSource(source, legacyKey, iv).open())],
    ['open legacy', legacy.blob, 2, source => Promise.resolve(openLegacyAttachmentSource(source, pointer))],
  ]
}

/** What a stream may hold back: a block, and what one piece has of others. */
const HELD_BYTES = 160_000

test('memory is constant: what was read and has not come out never grows, nor does a chunk', async () => {
  for (const size of [1_000_000, 9_000_000]) {
    for (const [name, input, passes, way] of waysFor(sevens(size))) {
      const source = new PiecedSource(input, [65_536])
      // Opening drops the padding, which stands before the file.
      let out = name === 'open' ? input.length - size : 0
      let largestChunk = 0
      let held = 0
      for await (const chunk of await way(source)) {
        held = Math.max(held, source.handedOut - (passes - 1) * input.length - out)
        out += chunk.length
        largestChunk = Math.max(largestChunk, chunk.length)
      }
      expect(held, name).toBeLessThan(HELD_BYTES)
      expect(largestChunk, name).toBeLessThanOrEqual(65_536)
      expect([source.opened, source.closed], name).toEqual([passes, passes])
    }
  }
})

test('a large piece does not make large chunks', async () => {
  for (const [name, input, , way] of waysFor(sevens(1_000_000))) {
    for await (const chunk of await way(new PiecedSource(input, [2_000_000]))) {
      expect(chunk.length, name).toBeLessThanOrEqual(65_536)
    }
  }
})

test('whoever stops reading closes the source', async () => {
  for (const [name, input, passes, way] of waysFor(sevens(300_000))) {
    const source = new PiecedSource(input, [1000])
    let taken = 0
    for await (const chunk of await way(source)) {
      taken += chunk.length
      if (taken > 40_000) break
    }
    expect([source.opened, source.closed], name).toEqual([passes, passes])
  }
})

test('nothing is read before somebody reads, but for the pass that finds the key', async () => {
  const source = new PiecedSource(sevens(5000), [1000])
  const sealed = await sealDeterministicSource(source, seed, 'attachment')
  expect(source.opened).toBe(1)
  sealed.open()
  sealLegacyAttachmentSource(source, legacyKey, iv).open()
  openDeterministicSource(source, sealed.key)
  expect(source.opened).toBe(1)
})

test('a source of another length than it said is found out', async () => {
  const data = sevens(100_000)
  for (const [name, input, , way] of waysFor(data)) {
    const shorter = new PiecedSource(input.subarray(0, -1), [7000], input.length)
    const longer = new PiecedSource(new Uint8Array([...input, 1]), [7000], input.length)
    for (const source of [shorter, longer]) {
      const code = await codeOfReading(async () => {
        for await (const chunk of await way(source)) expect(chunk.length).toBeGreaterThan(0)
      })
      expect(code, name).toBe('attachment.source-changed')
      expect(source.closed, name).toBe(source.opened)
    }
  }
})

test('a source that grows between two passes is found out', async () => {
  let opened = 0
  const growing = (first: Uint8Array): AttachmentSource => ({
    sizeBytes: first.length,
    open: () => (opened++ % 2 === 0 ? [first] : [first, Uint8Array.of(1)]),
  })
  const [seal, , , openLegacy] = waysFor(sevens(50_000))
  for (const entry of [seal, openLegacy]) {
    if (entry === undefined) throw new Error('a way is missing')
    const [name, input, , way] = entry
    const code = await codeOfReading(async () => {
      for await (const chunk of await way(growing(input))) expect(chunk.length).toBeGreaterThan(0)
    })
    expect(code, name).toBe('attachment.source-changed')
  }
  expect(opened).toBe(4)
})

test('an error of the source comes through as it is', async () => {
  const broken = {
    sizeBytes: 10,
    open(): Iterable<Uint8Array> {
      throw new TypeError('the disk is gone')
    },
  }
  await expect(sealDeterministicSource(broken, seed, 'attachment')).rejects.toThrow('the disk is gone')
  await expect(codeOfReading(() => sealLegacyAttachmentSource(broken, legacyKey, iv).open())).rejects.toThrow('gone')
})
