import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { type DatabaseFiles, type SyncFile } from '../../src/web/sqlite/sync-file.ts'

/** A file of Node's in the shape of a browser's handle. */
function nodeFile(path: string): SyncFile {
  const file = openSync(path, 'a+', 0o600)
  closeSync(file)
  const handle = openSync(path, 'r+')
  return {
    read: (into, { at }) => readSync(handle, into, 0, into.length, at),
    write: (bytes, { at }) => writeSync(handle, bytes, 0, bytes.length, at),
    truncate: sizeBytes => ftruncateSync(handle, sizeBytes),
    flush: () => fsyncSync(handle),
    getSize: () => fstatSync(handle).size,
    close: () => closeSync(handle),
  }
}

/** The files of one database, by their usual names. */
export function nodeFiles(path: string): DatabaseFiles {
  return { main: nodeFile(path), log: nodeFile(`${path}-wal`), journal: nodeFile(`${path}-journal`) }
}
