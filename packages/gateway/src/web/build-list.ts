import { utf8Decode } from '@sotto/protocol/encoding'
import { AssetsError } from './assets-error.ts'

/** A file that a build has. */
export interface ListedFile {
  /** As it is served; safe to join to a folder. */
  readonly path: string
  /** 64 hex digits. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
}

const maxListBytes = 524_288
const maxFiles = 2000
const maxFileBytes = 33_554_432
const maxTotalBytes = 134_217_728
/** No dots alone, nothing that would have to be encoded. */
const pathShape = /^(?:\/(?!\.{1,2}(?:\/|$))[0-9A-Za-z_.@~-]{1,120}){1,8}$/

/**
 * Reads the list of the files of a build, `build.json`.
 * @throws {AssetsError} `assets.malformed`
 */
export function parseBuildList(bytes: Uint8Array): readonly ListedFile[] {
  if (bytes.length > maxListBytes) throw new AssetsError('assets.malformed', { size: bytes.length })
  const given = membersOf(parseJson(bytes))
  const rows = given.get('files')
  const isOurs = given.get('format') === 'sotto-build-1'
  if (!isOurs || !Array.isArray(rows) || rows.length > maxFiles) throw new AssetsError('assets.malformed')
  const files = rows.map(parseFile)
  const isWhole = new Set(files.map(({ path }) => path)).size === files.length
  const total = files.reduce((sum, { size }) => sum + size, 0)
  if (!isWhole || total > maxTotalBytes) throw new AssetsError('assets.malformed', { total })
  return files
}

function parseFile(row: unknown, at: number): ListedFile {
  const given = membersOf(row)
  const [path, sha256, size] = [given.get('path'), given.get('sha256'), given.get('size')]
  const isRight =
    typeof path === 'string' &&
    pathShape.test(path) &&
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(sha256) &&
    typeof size === 'number' &&
    Number.isSafeInteger(size) &&
    size >= 0 &&
    size <= maxFileBytes
  if (!isRight) throw new AssetsError('assets.malformed', { at })
  return { path, sha256, size }
}

function membersOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8Decode(bytes))
  } catch (cause) {
    throw new AssetsError('assets.malformed', {}, { cause })
  }
}
