import { randomBytes } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FileStorage } from '@sotto/files'
import { contentFileId, type FileId, parseFileId } from '@sotto/protocol/attachment'
import { SecretText } from '@sotto/server'
import { expect, test } from 'vitest'
import { FileError } from '../../src/file-error.ts'
import { FolderStorage } from '../../src/storage/folder-storage.ts'
import { startS3 } from '../support/s3.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const kinds: readonly (readonly [string, () => Promise<FileStorage>])[] = [
  ['folder', async () => new FolderStorage(join(temporaryFolder(), 'files'))],
  ['s3', async () => (await startS3()).storage],
]
const number = parseFileId('4242')

async function put(storage: FileStorage, id: FileId, bytes: Uint8Array): Promise<void> {
  const path = join(temporaryFolder(), 'file')
  writeFileSync(path, bytes)
  await storage.put(id, { path, sizeBytes: bytes.length })
}

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

test.for(kinds)('%s: what is put is there, as a whole and in pieces', async ([, open]) => {
  const storage = await open()
  for (const size of [1, 65_536, 65_537, 3_000_000]) {
    const bytes = new Uint8Array(randomBytes(size))
    const id = contentFileId(bytes)
    await put(storage, id, bytes)
    expect(await storage.sizeOf(id)).toBe(size)
    expect(Buffer.compare((await storage.read(id)) ?? new Uint8Array(), bytes)).toBe(0)
    const pieces = await all(storage.chunks(id))
    expect(Buffer.compare(Buffer.concat(pieces), bytes)).toBe(0)
    expect(size < 100_000 || pieces.length > 1).toBe(true)
  }
})

test.for(kinds)('%s: nothing is nothing', async ([, open]) => {
  const storage = await open()
  expect(await storage.sizeOf(number)).toBe(undefined)
  expect(await storage.read(number)).toBe(undefined)
  await expect(all(storage.chunks(number))).rejects.toThrow(FileError)
  await storage.remove(number)
  expect(await all(storage.list())).toEqual([])
})

test.for(kinds)('%s: what is put again replaces the first', async ([, open]) => {
  const storage = await open()
  await put(storage, number, new Uint8Array(10))
  await put(storage, number, new Uint8Array(5).fill(1))
  expect(await storage.read(number)).toEqual(new Uint8Array(5).fill(1))
})

test.for(kinds)('%s: what is removed is gone, and nothing else', async ([, open]) => {
  const storage = await open()
  const ids = [number, parseFileId('7'), parseFileId('10242'), contentFileId(new Uint8Array(1))]
  for (const id of ids) await put(storage, id, new Uint8Array(3))
  expect((await all(storage.list())).toSorted()).toEqual(ids.toSorted())
  await storage.remove(number)
  expect(await storage.read(number)).toBe(undefined)
  expect((await all(storage.list())).toSorted()).toEqual(ids.slice(1).toSorted())
})

test.for(kinds)('%s: whoever stops reading holds nothing up', async ([, open]) => {
  const storage = await open()
  await put(storage, number, new Uint8Array(2_000_000))
  for await (const piece of storage.chunks(number)) {
    expect(piece.length).toBeGreaterThan(0)
    break
  }
  await storage.remove(number)
  expect(await storage.sizeOf(number)).toBe(undefined)
})

test('a bucket with more files than a page is listed to its end', async () => {
  const { storage } = await startS3()
  const ids = Array.from({ length: 250 }, (_, at) => parseFileId(String(at)))
  for (const id of ids) await put(storage, id, new Uint8Array(1))
  expect((await all(storage.list())).toSorted()).toEqual(ids.toSorted())
})

test.for([
  ['a wrong secret', { secretKey: new SecretText('wrong') }],
  ['somebody else', { accessKey: 'other' }],
  ['nobody there', { endpoint: 'http://127.0.0.1:1' }],
  ['no such bucket', { bucket: 'other' }],
] as const)('s3: %s', async ([what, changes]) => {
  const { storage } = await startS3(changes)
  await expect(put(storage, number, new Uint8Array(1))).rejects.toThrow(FileError)
  await expect(all(storage.list())).rejects.toThrow(FileError)
  if (what !== 'no such bucket') await expect(storage.read(number)).rejects.toThrow(FileError)
})

test('s3: the length is announced, and a storage that is busy for a moment is asked again', async () => {
  const { storage, standIn } = await startS3()
  standIn.failures.push(503)
  await put(storage, number, new Uint8Array(100_000))
  expect(standIn.announced).toEqual([100_000])
  standIn.failures.push(500, 500, 500)
  await expect(storage.sizeOf(number)).rejects.toThrow(FileError)
  expect(await storage.sizeOf(number)).toBe(100_000)
})

test('s3: a file that was not there as a whole is not put', async () => {
  const { storage } = await startS3()
  const path = join(temporaryFolder(), 'file')
  writeFileSync(path, 'short')
  await expect(storage.put(number, { path, sizeBytes: 6 })).rejects.toThrow(FileError)
  expect(await storage.sizeOf(number)).toBe(undefined)
})

test('folders are named by the first two characters, or the last three digits', async () => {
  const root = temporaryFolder()
  const storage = new FolderStorage(root)
  const content = contentFileId(new Uint8Array(1))
  for (const id of [content, parseFileId('123456'), parseFileId('5')]) await put(storage, id, new Uint8Array(1))
  for (const path of [`${content.slice(0, 2)}/${content}`, '456/123456', '005/5']) {
    expect(existsSync(join(root, path))).toBe(true)
  }
})

test('files of others in the folder are not taken for ours', async () => {
  const root = temporaryFolder()
  const storage = new FolderStorage(root)
  await put(storage, number, new Uint8Array(1))
  writeFileSync(join(root, '242', 'note.txt'), 'x')
  writeFileSync(join(root, '242', '.hidden'), 'x')
  expect(await all(storage.list())).toEqual([number])
})
