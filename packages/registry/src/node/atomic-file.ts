import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Puts bytes in place of a file, all or nothing, also across a loss of power: they are on disk under another name before
 * the rename. Two writers at once need two `suffix`es.
 */
export async function replaceFile(path: string, bytes: Uint8Array, suffix: string): Promise<void> {
  const temporary = `${path}.${suffix}.tmp`
  try {
    await writeThrough(temporary, bytes)
    await rename(temporary, path)
  } catch (cause) {
    await rm(temporary, { force: true })
    throw cause
  }
  await syncFolder(dirname(path))
}

async function writeThrough(path: string, bytes: Uint8Array): Promise<void> {
  await using file = await open(path, 'w', 0o644)
  await file.writeFile(bytes)
  await file.sync()
}

/** The rename itself is on disk only once the folder is. */
async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r')
  await folder.sync()
}
