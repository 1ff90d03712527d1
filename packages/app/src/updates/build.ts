/** A file of the app as the list of its build names it. */
export interface BuildFile {
  /** Where it is served: `/assets/index-abc.js`. */
  readonly path: string
  /** 64 hex digits. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
}

/** What `/build.json` says: everything that belongs to one version of the app. The same sources give the same bytes. */
export interface Build {
  /** The version of the package, and 16 hex digits of the hash over its files: `0.1.0-0123456789abcdef`. */
  readonly version: string
  /** By path, in the order of their UTF-16 units. */
  readonly files: readonly BuildFile[]
}

/** Where a build is described. */
export const buildPath = '/build.json'
/** Where it says who answers for the build. */
export const signaturePath = '/build.json.sig'
/** Where browsers look for the service worker, by themselves and past any cache of ours. */
export const serviceWorkerPath = '/service-worker.js'

/** The longest description that is read, bytes. */
export const maxBuildBytes = 524_288

const format = 'sotto-build-1'
const maxFiles = 2000
const maxFileBytes = 33_554_432
const maxTotalBytes = 134_217_728
const versionShape = /^[0-9A-Za-z.+-]{1,64}$/
/** No dots alone, nothing that would have to be encoded. */
const pathShape = /^(?:\/(?!\.{1,2}(?:\/|$))[0-9A-Za-z_.@~-]{1,120}){1,8}$/

/** The text of a description. */
export function formatBuild({ version, files }: Build): string {
  const rows = files.map(({ path, sha256, size }) => `    ${JSON.stringify({ path, sha256, size })}`)
  return `{\n  "format": "${format}",\n  "version": ${JSON.stringify(version)},\n  "files": [\n${rows.join(',\n')}\n  ]\n}\n`
}

/** Reads a description. `undefined` if it is none, or larger than any of ours. */
export function parseBuild(text: string): Build | undefined {
  if (text.length > maxBuildBytes) return undefined
  const given = membersOf(parseJson(text))
  const [version, rows] = [given.get('version'), given.get('files')]
  if (given.get('format') !== format || typeof version !== 'string' || !versionShape.test(version)) return undefined
  if (!Array.isArray(rows) || rows.length === 0 || rows.length > maxFiles) return undefined
  const files: BuildFile[] = []
  let total = 0
  for (const row of rows) {
    const file = parseFile(row)
    const last = files.at(-1)
    if (file === undefined || (last !== undefined && last.path >= file.path)) return undefined
    total += file.size
    files.push(file)
  }
  return total > maxTotalBytes ? undefined : { version, files }
}

/** The members of a JSON object, wherever they come from; none of what is no object. */
export function membersOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
}

/** `undefined` for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function parseFile(row: unknown): BuildFile | undefined {
  const given = membersOf(row)
  const [path, sha256, size] = [given.get('path'), given.get('sha256'), given.get('size')]
  if (typeof path !== 'string' || !pathShape.test(path) || path.length > 240) return undefined
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) return undefined
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0 || size > maxFileBytes) return undefined
  return { path, sha256, size }
}
