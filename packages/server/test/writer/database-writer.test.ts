import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { DatabaseError, DatabaseWriter, openDatabase, type WriterOptions } from '@sotto/server'
import { smallDisks } from '../support/small-disk.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { migrations, type operations } from './sample-operations.ts'

const module = new URL('./sample-operations.ts', import.meta.url)

async function open(options: Partial<WriterOptions> = {}) {
  const path = join(temporaryFolder(), 'a.db')
  const writer = await DatabaseWriter.open<typeof operations>({ path, module, synchronous: 'full', ...options })
  onTestFinished(() => writer.close())
  return { writer, path: options.path ?? path }
}

function ids(path: string): readonly number[] {
  const database = openDatabase(path, { migrations, synchronous: 'full', readonly: true })
  const rows = database.prepare<{ readonly id: number }>('SELECT id FROM items ORDER BY id').all()
  database.close()
  return rows.map(({ id }) => id)
}

const data = Uint8Array.of(1, 2, 3)

test('a write that is answered can be read by another connection', async () => {
  const { writer, path } = await open()
  expect(await writer.write('insert', { id: 1, data })).toBe(1)
  expect(ids(path)).toEqual([1])
  expect(await writer.write('count')).toBe(1)
  expect(writer.queued).toBe(0)
})

test('types know operations, parameters and results', async () => {
  const { writer } = await open()
  const count: number = await writer.write('count')
  // @ts-expect-error no such operation
  await expect(writer.write('other')).rejects.toMatchObject({ code: 'database.failed', detail: { unknown: true } })
  // @ts-expect-error parameters of another kind
  await expect(writer.write('insert', { id: 'x', data })).rejects.toMatchObject({ code: 'database.constraint' })
  // @ts-expect-error a result of another kind
  const text: string = await writer.write('count')
  await expect(writer.write('constructor' as 'count')).rejects.toMatchObject({ code: 'database.failed' })
  expect([count, text]).toEqual([0, 0])
})

test('values come back as they went, and the caller keeps its bytes', async () => {
  const { writer } = await open()
  const body = new Uint8Array(1_000_000).map((_, at) => at)
  for (const bytes of [body, body.subarray(5, 100), body.subarray(7, 9000), new Uint8Array()]) {
    const before = bytes.slice()
    expect(await writer.write('echo', { bytes, big: 2n ** 63n })).toEqual({ bytes: before, big: 2n ** 63n })
    expect(bytes).toEqual(before)
  }
})

test('one that fails is undone alone; its neighbours are made', async () => {
  const { writer, path } = await open()
  const outcomes = await Promise.allSettled([
    writer.write('insert', { id: 1, data }),
    writer.write('insertThenThrow', { id: 2 }),
    writer.write('insert', { id: 1, data }),
    writer.write('insert', { id: 3, data }),
  ])
  expect(outcomes).toMatchObject([
    { value: 1 },
    { reason: { code: 'database.failed' } },
    { reason: { code: 'database.constraint' } },
    { value: 1 },
  ])
  expect(ids(path)).toEqual([1, 3])
})

test('one that breaks the transaction of all takes none of them with it', async () => {
  const { writer, path } = await open()
  await writer.write('insert', { id: 5, data })
  const outcomes = await Promise.allSettled([
    writer.write('insert', { id: 6, data }),
    writer.write('rollback', { id: 5 }),
    writer.write('insert', { id: 7, data }),
  ])
  expect(outcomes).toMatchObject([{ value: 1 }, { reason: { code: 'database.constraint' } }, { value: 1 }])
  expect(ids(path)).toEqual([5, 6, 7])
})

test('thousands at once are all made, in order, in few commits', async () => {
  const { writer, path } = await open({ maxGroup: 300 })
  const answered: number[] = []
  const all = Array.from({ length: 5000 }, async (_, id) => {
    await writer.write('insert', { id, data })
    answered.push(id)
  })
  expect(writer.queued).toBe(5000)
  await Promise.all(all)
  expect(answered).toEqual(Array.from({ length: 5000 }, (_, id) => id))
  expect(ids(path)).toHaveLength(5000)
})

test('what is asked for during a transaction shares the next one', async () => {
  const { writer } = await open()
  const first = writer.write('insert', { id: 1, data })
  await setImmediate()
  const second = writer.write('insert', { id: 2, data })
  await setImmediate()
  expect(writer.queued).toBe(3 - 1)
  const third = writer.write('insert', { id: 3, data })
  await Promise.all([first, second])
  expect(writer.queued).toBe(0)
  await third
})

test('changes of turns that follow each other share a transaction', async () => {
  const { writer } = await open()
  const all = [1, 2].map(id => writer.write('insert', { id, data }))
  await setImmediate()
  all.push(writer.write('insert', { id: 3, data }))
  await all[0]
  // Had the third been left for the next transaction, it would still wait.
  expect(writer.queued).toBe(0)
  await Promise.all(all)
})

test('changes that never end hold up none of them', async () => {
  const { writer } = await open()
  const all = [1, 2].map(id => writer.write('insert', { id, data }))
  while (writer.queued === all.length) {
    await setImmediate()
    all.push(writer.write('insert', { id: all.length + 1, data }))
  }
  expect(await Promise.all(all)).toEqual(all.map(() => 1))
})

test('what waits is bounded by number and by bytes', async () => {
  const { writer } = await open({ maxQueued: 2, maxQueuedBytes: 1000 })
  const first = [writer.write('count'), writer.write('count')]
  await expect(writer.write('count')).rejects.toMatchObject({ code: 'database.overloaded', detail: { queued: 2 } })
  await Promise.all(first)
  const large = writer.write('insert', { id: 1, data: new Uint8Array(1000) })
  await expect(writer.write('count')).rejects.toMatchObject({ code: 'database.overloaded' })
  await large
  expect(await writer.write('count')).toBe(1)
})

test('closing makes what was asked for and takes no more', async () => {
  const { writer, path } = await open()
  const asked = [1, 2, 3].map(id => writer.write('insert', { id, data }))
  const closed = writer.close()
  await expect(writer.write('count')).rejects.toMatchObject({ code: 'database.closed' })
  await Promise.all([closed, ...asked])
  await writer.close()
  expect(ids(path)).toEqual([1, 2, 3])
})

test('a damaged database is moved aside if that is wanted', async () => {
  const path = join(temporaryFolder(), 'a.db')
  const { writeFileSync } = await import('node:fs')
  writeFileSync(path, 'no database at all'.repeat(100))
  await expect(open({ path })).rejects.toMatchObject({ code: 'database.corrupt' })
  const { writer } = await open({ path, moveAsideAt: { now: () => 77 }, check: 'quick' })
  expect(writer.movedAside).toBe(`${path}.corrupt-77`)
  expect(await writer.write('count')).toBe(0)
})

test('a module that cannot be loaded, and a folder that is missing', async () => {
  await expect(open({ module: new URL('./none.ts', import.meta.url) })).rejects.toMatchObject({
    code: 'database.failed',
  })
  await expect(open({ path: join(temporaryFolder(), 'none', 'a.db') })).rejects.toMatchObject({
    code: 'database.cannot-open',
  })
  const broken = new URL('./broken-operations.ts', import.meta.url)
  await expect(open({ module: broken })).rejects.toMatchObject({ code: 'database.failed' })
})

test('when the thread ends by itself everything that waits fails, and the owner hears of it', async () => {
  const { promise, resolve } = Promise.withResolvers<DatabaseError>()
  const { writer } = await open({ onFatal: resolve })
  const waiting = [writer.write('leave'), writer.write('count')]
  const outcomes = await Promise.allSettled(waiting)
  expect(outcomes).toMatchObject([{ reason: { code: 'database.closed' } }, { reason: { code: 'database.closed' } }])
  expect(await promise).toMatchObject({ code: 'database.closed' })
  await expect(writer.write('count')).rejects.toMatchObject({ code: 'database.closed' })
})

test.for(smallDisks())('a full disk refuses and recovers: %s', async ([, prepare]) => {
  const { folder, maxBytes, makeRoom } = prepare()
  const path = join(folder, 'a.db')
  const { writer } = await open({ path, ...(maxBytes === undefined ? {} : { maxBytes }) })
  const write = (id: number, size: number) => writer.write('insert', { id, data: new Uint8Array(size) })
  const large = await Promise.allSettled(Array.from({ length: 100 }, (_, id) => write(id, 50_000)))
  const stored = large.flatMap(({ status }, id) => (status === 'fulfilled' ? [id] : []))
  expect(stored.length).toBeGreaterThan(5)
  expect(stored.length).toBeLessThan(100)
  const reasons = large.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []))
  expect(reasons.every(reason => reason instanceof DatabaseError && reason.code === 'database.full')).toBe(true)
  expect(ids(path)).toEqual(stored)
  makeRoom?.()
  const after = write(1000, makeRoom === undefined ? 10 : 50_000)
  await after
  expect(ids(path)).toEqual([...stored, 1000])
})
