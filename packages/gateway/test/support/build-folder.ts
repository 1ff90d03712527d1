import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { onTestFinished } from 'vitest'

/** What stands in `build.json` of a file. */
export interface Row {
  readonly path: string
  readonly sha256: string
  readonly size: number
}

/** The row of a file as it is. */
export function rowOf(path: string, bytes: string | Uint8Array): Row {
  const buffer = Buffer.from(bytes)
  return { path, sha256: createHash('sha256').update(buffer).digest('hex'), size: buffer.length }
}

/** A folder with a build of these files, which goes with the test. */
export function buildFolder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-build-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, bytes] of Object.entries(files)) put(folder, path, bytes)
  list(
    folder,
    Object.entries(files).map(([path, bytes]) => rowOf(path, bytes)),
  )
  return folder
}

/** Writes `build.json`. */
export function list(folder: string, files: readonly unknown[]): void {
  writeFileSync(join(folder, 'build.json'), JSON.stringify({ format: 'sotto-build-1', version: '1', files }))
}

/** Writes a file, whether or not it is listed. */
export function put(folder: string, path: string, bytes: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), bytes)
}

/** Writes both compressed copies of a file. */
export function putCopies(folder: string, path: string, bytes: string | Uint8Array): void {
  put(folder, `${path}.br`, brotliCompressSync(bytes))
  put(folder, `${path}.gz`, gzipSync(bytes))
}
