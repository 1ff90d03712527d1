import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WriterThread } from '@sotto/server'
import { afterAll, beforeAll } from 'vitest'
import { FileRecords } from '../../src/records/file-records.ts'

/** In which all servers of the tests write. It lives as long as one of its databases is open. */
export const writerThread = new WriterThread()

/** Keeps that thread for all tests of a file: starting it takes longer than most of them. */
export function keepThread(): void {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-files-'))
  let records: FileRecords | undefined
  beforeAll(async () => {
    records = await FileRecords.open({ path: join(folder, 'files.db'), thread: writerThread })
  })
  afterAll(async () => {
    await records?.close()
    rmSync(folder, { recursive: true })
  })
}
