import { type FileHandle } from 'node:fs/promises'
import { platform } from 'node:process'
import { FileError } from '../file-error.ts'
import { type FileSystem } from './file-system.ts'

/**
 * Puts on the disk what was written.
 * @throws {FileError} `files.sync-failed`: nobody knows what the disk holds, nor whether the next sync would tell. Spec 70 D10.
 */
export async function syncFile(file: FileHandle): Promise<void> {
  try {
    await file.sync()
  } catch (cause) {
    throw new FileError('files.sync-failed', {}, { cause })
  }
}

/** The same for the names in a folder. Windows has no such thing. */
export async function syncFolder(fs: FileSystem, path: string): Promise<void> {
  if (platform === 'win32') return
  const folder = await fs.open(path, 'r')
  try {
    await syncFile(folder)
  } finally {
    await folder.close()
  }
}
