import { seededRandom } from '@sotto/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BlobFolder } from '../../src/files/blob-folder.ts'
import { FileStore } from '../../src/files/file-store.ts'
import { MemoryBlobs } from '../../src/files/memory-blobs.ts'
import { Store } from '../../src/store/store.ts'
import { openPlainDatabase } from '../support/plain-database.ts'

const setUp = (blobs: BlobFolder = new MemoryBlobs()) => {
  const store = Store.open(openPlainDatabase(), 1)
  const files = new FileStore({ store, blobs, random: seededRandom(1) })
  const keep = async (bytes: Uint8Array): Promise<number> => {
    const written = await files.write(bytes)
    return store.write(tx => files.claim(tx, written))
  }
  return { blobs, files, keep, store }
}

/** Around the ends of pieces. */
const size = fc.oneof(fc.constantFrom(0, 1, 65_535, 65_536, 65_537, 131_072, 131_073), fc.nat(140_000))

test('any range of any file is what was written', async () => {
  const { files, keep } = setUp()
  await fc.assert(
    fc.asyncProperty(size, fc.nat(150_000), fc.nat(150_000), async (length, at, count) => {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 7 + (index >> 8)) % 256)
      const file = await keep(bytes)
      expect(Buffer.compare(await files.read(file, { at, length: count }), bytes.slice(at, at + count))).toBe(0)
      expect(Buffer.compare(await files.read(file), bytes)).toBe(0)
    }),
    { numRuns: 40 },
  )
})

test('a file is not read with one bit changed, cut short, or put together anew', async () => {
  const { blobs, files, keep, store } = setUp()
  const file = await keep(new Uint8Array(200_000).fill(3))
  const [name = ''] = await blobs.list()
  const whole = (await blobs.read(name, 0, 1_000_000)) ?? new Uint8Array(0)
  const replace = async (changed: Uint8Array): Promise<void> => {
    await blobs.remove(name)
    await blobs.write(name, [changed])
  }
  const pieces = [whole.slice(0, 65_552), whole.slice(65_552, 131_104), whole.slice(131_104)]
  const [first = whole, second = whole, rest = whole] = pieces
  for (const changed of [
    whole.map((byte, at) => (at === 70_000 ? byte ^ 1 : byte)),
    whole.slice(0, -1),
    whole.slice(0, 131_104),
    new Uint8Array(0),
    new Uint8Array(Buffer.concat([second, first, rest])),
  ]) {
    await replace(changed)
    await expect(files.read(file)).rejects.toMatchObject({ code: 'file.damaged' })
  }
  await replace(whole)
  expect(await files.read(file)).toHaveLength(200_000)
  await blobs.remove(name)
  await expect(files.read(file)).rejects.toMatchObject({ code: 'file.missing' })
  store.write(tx => tx.run('DELETE FROM files'))
  await expect(files.read(file)).rejects.toMatchObject({ code: 'file.missing' })
})

test('what has no row is swept away, but not what is about to have one', async () => {
  const { blobs, files, keep, store } = setUp()
  const kept = await keep(Uint8Array.of(1))
  const gone = await keep(Uint8Array.of(2))
  await blobs.write('orphan', [Uint8Array.of(3)])
  const written = await files.write(Uint8Array.of(4))
  store.write(tx => tx.run('DELETE FROM files WHERE id = ?', gone))
  await files.sweep()
  expect(await blobs.list()).toHaveLength(2)
  expect(await files.read(kept)).toEqual(Uint8Array.of(1))
  const claimed = store.write(tx => files.claim(tx, written))
  await files.discard(written)
  await files.sweep()
  expect(await files.read(claimed)).toEqual(Uint8Array.of(4))
  await files.discard(await files.write(Uint8Array.of(5)))
  expect(await blobs.list()).toHaveLength(2)
})

test('a full disk leaves nothing behind', async () => {
  const blobs = new MemoryBlobs()
  const full: BlobFolder = {
    list: async () => blobs.list(),
    read: async (name, at, length) => blobs.read(name, at, length),
    remove: async name => blobs.remove(name),
    write: async name => {
      await blobs.write(name, [Uint8Array.of(1)])
      throw new RangeError('disk full')
    },
  }
  const { files } = setUp(full)
  await expect(files.write(Uint8Array.of(1))).rejects.toThrow('disk full')
  expect(await blobs.list()).toEqual([])
})
