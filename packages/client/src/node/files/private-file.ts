import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { platform } from 'node:process'

/** Makes a folder for its owner only (0700), and takes the rights of others to it away if it is there. */
export function createPrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  chmodSync(path, 0o700)
}

/** The bytes of a file that is at most `maxBytes` long; `undefined` if there is none, `too-long` if it is longer. */
export function readSmallFile(path: string, maxBytes: number): Uint8Array | 'too-long' | undefined {
  const file = openIfThere(path)
  if (file === undefined) return undefined
  try {
    const bytes = new Uint8Array(maxBytes + 1)
    let length = 0
    for (;;) {
      const read = readSync(file, bytes, length, bytes.length - length, length)
      if (read === 0) return bytes.slice(0, length)
      length += read
      if (length > maxBytes) return 'too-long'
    }
  } finally {
    closeSync(file)
  }
}

/**
 * Writes a file that only its owner may read (0600): after a crash either all of it is there or what was there before. What
 * was there before is then overwritten with zeros, as far as the file system writes in place.
 */
export function replacePrivateFile(path: string, bytes: Uint8Array): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.new`
  const before = openIfThere(path, 'r+')
  try {
    writeWhole(temporary, bytes)
    renameSync(temporary, path)
    syncFolder(dirname(path))
    if (before !== undefined) overwrite(before)
  } finally {
    rmSync(temporary, { force: true })
    if (before !== undefined) closeSync(before)
  }
}

/** Overwrites a file with zeros, then removes it. Does nothing if there is none. */
export function destroyFile(path: string): void {
  const file = openIfThere(path, 'r+')
  if (file === undefined) return
  try {
    overwrite(file)
  } finally {
    closeSync(file)
  }
  rmSync(path, { force: true })
  syncFolder(dirname(path))
}

/** Makes names in a folder themselves survive a power cut. */
export function syncFolder(path: string): void {
  // Windows opens no folders, and does not need it.
  if (platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

function openIfThere(path: string, flags: 'r' | 'r+' = 'r'): number | undefined {
  try {
    return openSync(path, flags)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

function writeWhole(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeAll(file, bytes)
  } finally {
    closeSync(file)
  }
}

function overwrite(file: number): void {
  writeAll(file, new Uint8Array(fstatSync(file).size))
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at, bytes.length - at, at)
  fsyncSync(file)
}
