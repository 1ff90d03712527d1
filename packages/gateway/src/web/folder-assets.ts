import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip } from 'node:zlib'
import { appHeaders } from './app-headers.ts'
import { type Asset, type Assets } from './assets.ts'
import { AssetsError } from './assets-error.ts'
import { type ListedFile, parseBuildList } from './build-list.ts'
import { type Encoding } from './choose-encoding.ts'

/** What a folder is loaded with. */
export interface FolderAssetsOptions {
  /** What is served at `/build.json.sig`; by default the file of that name, if there is one. */
  readonly signature?: Uint8Array
}

/** An asset but for the headers that each request has its own of. */
type KeptAsset = Omit<Asset, 'headers'> & { readonly caching: string }

const listName = 'build.json'
const signatureName = 'build.json.sig'

const contentTypes: ReadonlyMap<string, string> = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.ico', 'image/x-icon'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.wasm', 'application/wasm'],
  ['.webmanifest', 'application/manifest+json'],
  ['.woff2', 'font/woff2'],
])

const forever = 'public, max-age=31536000, immutable'
/** Asked for again each time, which costs little: the answer is 304. */
const askAgain = 'no-cache'
/** The bundler puts eight digits of a hash into names. */
const hashedName = /^\/assets\/.+-[0-9A-Za-z_-]{8}\.[0-9a-z]+$/

/**
 * A build of the app out of a folder: the files that its `build.json` lists, which are read and verified at once and served
 * from memory. Whatever else lies there is not served.
 */
export class FolderAssets {
  readonly #files: ReadonlyMap<string, KeptAsset>

  private constructor(files: ReadonlyMap<string, KeptAsset>) {
    this.#files = files
  }

  /** @throws {AssetsError} */
  static async load(folder: string, { signature }: FolderAssetsOptions = {}): Promise<FolderAssets> {
    const list = await readFile(join(folder, listName)).catch((cause: unknown) => {
      throw new AssetsError('assets.no-build', {}, { cause })
    })
    const files = new Map<string, KeptAsset>()
    for (const [at, file] of parseBuildList(list).entries()) files.set(file.path, await load(folder, file, at))
    files.set(`/${listName}`, plain(list, 'application/json'))
    const signed = signature ?? (await readFile(join(folder, signatureName)).catch(() => undefined))
    if (signed !== undefined) files.set(`/${signatureName}`, plain(signed, 'application/json'))
    const page = files.get('/index.html')
    if (page !== undefined) files.set('/', page)
    return new FolderAssets(files)
  }

  /** For a gateway. */
  readonly find: Assets = (path, { host }) => {
    const kept = this.#files.get(path)
    if (kept === undefined) return undefined
    const { caching, ...asset } = kept
    return { ...asset, headers: { ...appHeaders(host), 'cache-control': caching } }
  }
}

function plain(bytes: Uint8Array, contentType: string): KeptAsset {
  return { bytes, contentType, tag: sha256(bytes).slice(0, 32), caching: askAgain }
}

async function load(folder: string, file: ListedFile, at: number): Promise<KeptAsset> {
  const { path } = file
  const bytes = await readFile(join(folder, path)).catch((cause: unknown) => {
    throw new AssetsError('assets.damaged', { file: at }, { cause })
  })
  if (!isListed(bytes, file)) throw new AssetsError('assets.damaged', { file: at })
  const copies = [
    ['br', await readCopy(join(folder, `${path}.br`), file, promisify(brotliDecompress))],
    ['gzip', await readCopy(join(folder, `${path}.gz`), file, promisify(gunzip))],
  ] as const
  const encodings = new Map<Encoding, Uint8Array>(
    copies.flatMap(([name, copy]) => (copy === undefined ? [] : [[name, copy]])),
  )
  return {
    bytes,
    contentType: contentTypes.get(extname(path)) ?? 'application/octet-stream',
    tag: file.sha256.slice(0, 32),
    caching: hashedName.test(path) ? forever : askAgain,
    ...(encodings.size === 0 ? {} : { encodings }),
  }
}

type Expand = (bytes: Uint8Array, options: { readonly maxOutputLength: number }) => Promise<Uint8Array>

/** A compressed copy, if there is one that says the same. */
async function readCopy(path: string, file: ListedFile, expand: Expand): Promise<Uint8Array | undefined> {
  const copy = await readFile(path).catch(() => undefined)
  if (copy === undefined) return undefined
  const expanded = await expand(copy, { maxOutputLength: Math.max(1, file.size) }).catch(() => undefined)
  return expanded !== undefined && isListed(expanded, file) ? copy : undefined
}

function isListed(bytes: Uint8Array, { size, sha256: expected }: ListedFile): boolean {
  return bytes.length === size && sha256(bytes) === expected
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
