import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { blobFolderContract } from '@sotto/client/testing'
import { StorageError } from '../../../src/accounts/storage-error.ts'
import { MemoryBlobs } from '../../../src/files/memory-blobs.ts'
import { FolderBlobs } from '../../../src/node/files/folder-blobs.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

test.for(blobFolderContract)('folder: $name', async ({ run }) => {
  const folder = join(temporaryFolder(), 'files')
  await expect(run({ blobs: () => new FolderBlobs(folder) })).resolves.toBe(undefined)
})

test.for(blobFolderContract)('memory: $name', async ({ run }) => {
  const blobs = new MemoryBlobs()
  await expect(run({ blobs: () => blobs })).resolves.toBe(undefined)
})

test('nobody else has any rights, and trouble with the disk is typed', async () => {
  const folder = join(temporaryFolder(), 'files')
  const blobs = new FolderBlobs(folder)
  await blobs.write('a'.repeat(32), [Uint8Array.of(1)])
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder, 'a'.repeat(32))).mode & 0o777).toBe(0o600)
  await expect(blobs.write('a'.repeat(32), [])).rejects.toBeInstanceOf(StorageError)
  const behindFile = new FolderBlobs(join(folder, 'a'.repeat(32), 'b'))
  await expect(behindFile.write('c', [])).rejects.toMatchObject({ code: 'storage.failed' })
})
