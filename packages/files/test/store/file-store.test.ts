import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { contentFileId, type FileId } from '@sotto/protocol/attachment'
import { utf8Encode } from '@sotto/protocol/encoding'
import { DatabaseError } from '@sotto/server'
import { expect, test } from 'vitest'
import { FileError } from '../../src/file-error.ts'
import { type FileRecords } from '../../src/records/file-records.ts'
import { FaultyFileSystem } from '../support/faulty-file-system.ts'
import { keepThread } from '../support/keep-thread.ts'
import { type OpenStore, openStore } from '../support/open-store.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const bytes = utf8Encode('some bytes of a file')
const id = contentFileId(bytes)
const content = { ids: 'content' as const, ttlMs: 60_000 }
/** More than one upload takes. */
const manySteps = 40
keepThread()

async function listed({ storage }: OpenStore): Promise<readonly FileId[]> {
  const found: FileId[] = []
  for await (const each of storage.list()) found.push(each)
  return found
}

/** What a start after a crash finds: whole files with records, and nothing else. */
async function expectWhole(folder: string, isAcknowledged: boolean): Promise<void> {
  const again = await openStore(folder)
  await again.store.removeStrays(new AbortController().signal)
  const isThere = again.store.find(id) !== undefined
  if (isAcknowledged) expect(isThere).toBe(true)
  expect(await listed(again)).toEqual(isThere ? [id] : [])
  expect(readdirSync(join(folder, 'incoming'))).toEqual([])
  if (isThere) expect(await again.store.read(id)).toEqual(bytes)
  expect(again.room.bytes).toBe(isThere ? bytes.length : 0)
  // And it can be brought again.
  expect((await again.store.keep([bytes], content)).id).toBe(id)
  expect(await again.store.read(id)).toEqual(bytes)
  await again.records.close()
}

test('the power goes at any step: what was acknowledged is there, and nothing is left of what was not', async () => {
  const steps: string[] = []
  for (let at = 1; at <= manySteps; at++) {
    const folder = temporaryFolder()
    const disk = new FaultyFileSystem()
    const open = await openStore(folder, { fs: disk.port })
    disk.arm(at, 'power')
    const kept = open.store.keep([bytes], content).then(() => 'kept' as const)
    const outcome = await Promise.race([kept, disk.frozen.then(() => 'gone' as const)])
    if (outcome === 'gone') steps.push(disk.lastStep)
    await open.records.close()
    await disk.closeAll()
    await expectWhole(folder, outcome === 'kept')
    if (outcome === 'kept' && disk.steps < at) break
  }
  // All of the way: coming, its folder, its name, what is left to remove.
  expect(new Set(steps)).toEqual(new Set(['statfs', 'open', 'write', 'sync', 'close', 'mkdir', 'rename', 'unlink']))
  expect(steps.length).toBeLessThan(manySteps)
})

test.for(['before', 'after'] as const)('the power goes %s the record is written', async when => {
  const folder = temporaryFolder()
  const gone = Promise.withResolvers<void>()
  const change = (records: FileRecords): FileRecords => {
    const keep: FileRecords['keep'] = async (...args) => {
      if (when === 'after') await records.keep(...args)
      gone.resolve()
      return new Promise(() => {})
    }
    return new Proxy(records, {
      get: (target, name) => {
        if (name === 'keep') return keep
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      },
    })
  }
  const open = await openStore(folder, { change })
  void open.store.keep([bytes], content)
  await gone.promise
  expect(await listed(open)).toEqual([id])
  await open.records.close()
  await expectWhole(folder, false)
})

test.for(['ENOSPC', 'EIO'] as const)(
  '%s at any step: a typed error, nothing is left, and the next one is kept',
  async fault => {
    const codes = new Set<string>()
    for (let at = 1; at <= manySteps; at++) {
      const folder = temporaryFolder()
      const disk = new FaultyFileSystem()
      const open = await openStore(folder, { fs: disk.port })
      disk.arm(at, fault)
      const error = await open.store.keep([bytes], content).then(
        () => undefined,
        (cause: unknown) => cause,
      )
      const step = disk.lastStep
      disk.arm(0)
      if (error !== undefined) {
        expect(error).toBeInstanceOf(FileError)
        codes.add((error as FileError).code)
        expect([step, open.store.find(id)]).toEqual([step, undefined])
        expect(open.room.bytes).toBe(0)
      }
      expect((await open.store.keep([bytes], content)).id).toBe(id)
      expect(await open.store.read(id)).toEqual(bytes)
      await open.records.close()
      await expectWhole(folder, true)
    }
    const other = fault === 'ENOSPC' ? ['files.no-room', 'files.storage-failed'] : ['files.storage-failed']
    expect([...codes].toSorted()).toEqual([...other, 'files.sync-failed'].toSorted())
  },
)

test('a record that cannot be written leaves no file', async () => {
  const folder = temporaryFolder()
  const open = await openStore(folder)
  await open.records.close()
  await expect(open.store.keep([bytes], content)).rejects.toThrow(DatabaseError)
  expect(readdirSync(join(folder, 'incoming'))).toEqual([])
  await expectWhole(folder, false)
})

test('a file that was lost is mended by the same bytes', async () => {
  const open = await openStore(temporaryFolder())
  await open.store.keep([bytes], content)
  await open.storage.remove(id)
  expect(await open.store.read(id)).toBe(undefined)
  await open.store.keep([bytes], content)
  expect(await open.store.read(id)).toEqual(bytes)
  expect(open.room.bytes).toBe(bytes.length)
  await open.records.close()
})

test('strays go, files with records stay, also those that come meanwhile', async () => {
  const folder = temporaryFolder()
  const open = await openStore(folder)
  const { store, storage, records } = open
  const kept = await Promise.all(
    Array.from({ length: 20 }, async (_, at) => (await store.keep([utf8Encode(`kept ${at}`)], content)).id),
  )
  for (let at = 0; at < 20; at++) {
    const { id: lost } = await store.keep([utf8Encode(`stray ${at}`)], { ...content, ttlMs: 0 })
    expect(await records.forget(lost, Date.now())).toBeGreaterThan(0)
  }
  expect((await listed(open)).length).toBe(40)
  const meanwhile = Array.from({ length: 20 }, async (_, at) => store.keep([utf8Encode(`stray ${at}`)], content))
  await store.removeStrays(new AbortController().signal)
  const late = (await Promise.all(meanwhile)).map(each => each.id)
  expect((await listed(open)).toSorted()).toEqual([...kept, ...late].toSorted())
  for (const each of [...kept, ...late]) expect(await storage.read(each)).not.toBe(undefined)
  await records.close()
})
