import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { type Build, type BuildFile, buildPath, signaturePath } from '../src/updates/build.ts'

const notListed: ReadonlySet<string> = new Set([buildPath, signaturePath])
/** Besides files that begin with a dot, the compressed copies of others. */
const isCopy = /\.(?:br|gz)$/

/** Lists what was built into a folder, as it will be served. */
export async function describeFolder(folder: string, packageVersion: string): Promise<Build> {
  const paths = (await pathsBelow(folder)).filter(path => !notListed.has(path) && !isCopy.test(path))
  const files: BuildFile[] = []
  for (const path of paths) {
    const bytes = await readFile(join(folder, path))
    files.push({ path, sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length })
  }
  const over = createHash('sha256').update(JSON.stringify(files)).digest('hex')
  return { version: `${packageVersion}-${over.slice(0, 16)}`, files }
}

/** Paths from the folder on, each with a slash before it, in the order of their UTF-16 units. */
export async function pathsBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile())
    .map(entry => `/${relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')}`)
    .filter(path => !path.includes('/.'))
    .toSorted((one, other) => (one < other ? -1 : 1))
}
