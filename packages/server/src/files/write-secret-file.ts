import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { platform } from 'node:process'

/**
 * Writes a file that only its owner may read (0600), so that after a crash either all of it is there or nothing. With
 * `replace: false` a file that is there already is left alone and the error is `EEXIST`.
 */
export function writeSecretFile(
  path: string,
  content: Uint8Array | string,
  options: { readonly replace: boolean },
): void {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const temporary = `${path}.${randomBytes(6).toString('hex')}.new`
  try {
    writeWhole(temporary, bytes)
    if (options.replace) renameSync(temporary, path)
    else linkSync(temporary, path)
  } finally {
    rmSync(temporary, { force: true })
  }
  syncFolder(dirname(path))
}

function writeWhole(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Makes the new name itself survive a power cut. */
function syncFolder(path: string): void {
  // Windows opens no folders, and does not need it.
  if (platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
