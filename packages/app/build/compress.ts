import { readFile, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { type BuildFile } from '../src/updates/build.ts'

/** `best` takes some ten times as long; it is for builds that many people load. Scripts of the page are always small. */
export type Compression = 'fast' | 'best'

const compressible: ReadonlySet<string> = new Set(['.js', '.css', '.html', '.json', '.svg', '.wasm', '.webmanifest'])
/** Below that the headers weigh more. */
const leastBytes = 512
/** What is larger is fetched beside the page: the worker, its database, the names of emoji. */
const mostPageBytes = 250_000

/** Writes compressed copies, `.br` and `.gz`, beside the files of a build that gain by it. */
export async function compressFolder(folder: string, files: readonly BuildFile[], how: Compression): Promise<void> {
  for (const { path, size } of files) {
    if (size < leastBytes || !compressible.has(extname(path))) continue
    const bytes = await readFile(join(folder, path))
    const [small, older] = await Promise.all([brotli(bytes, how), gunzippable(bytes, how)])
    if (small.length < size) await writeFile(join(folder, `${path}.br`), small)
    if (older.length < size) await writeFile(join(folder, `${path}.gz`), older)
  }
}

async function brotli(bytes: Uint8Array, how: Compression): Promise<Uint8Array> {
  const isBest = how === 'best' || bytes.length <= mostPageBytes
  const quality = isBest ? constants.BROTLI_MAX_QUALITY : 5
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  return promisify(brotliCompress)(bytes, { params })
}

async function gunzippable(bytes: Uint8Array, how: Compression): Promise<Uint8Array> {
  return promisify(gzip)(bytes, { level: how === 'best' ? 9 : 6 })
}
