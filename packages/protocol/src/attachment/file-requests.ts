import { type FileId, isContentFileId, parseFileId } from './file-id.ts'
import { FileServerError } from './file-server-error.ts'

/** The head of a request to a file server; an upload has the blob as its body, the others have none. Spec 10 §6.4. */
export interface FileRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: ReadonlyMap<string, string>
}

/** What an upload answers. */
export interface UploadedFile {
  readonly id: FileId
  /** Unix ms. Servers of 2024 do not say. */
  readonly expiresAt: number | undefined
}

/** What a server knows of a file. Times are Unix ms. */
export interface FileInfo {
  readonly sizeBytes: number
  readonly uploadedAt: number
  readonly expiresAt: number
}

/** Seconds that the file is to be kept; servers without a maximum ignore it. Spec 40 §8.1. */
export const FILE_TTL_HEADER = 'X-FS-TTL'

/** Stores a blob. 413: too large or empty; 507: no id is free. Spec 40 §8.1.
 * @throws {FileServerError} `file-server.bad-ttl` */
export function uploadRequest(ttlSeconds?: number): FileRequest {
  return { method: 'POST', path: '/file', headers: ttlHeaders(ttlSeconds) }
}

/** Fetches a blob. 404: gone for good. Spec 40 §8.3. */
export function downloadRequest(id: FileId): FileRequest {
  return { method: 'GET', path: `/file/${id}`, headers: new Map() }
}

/** Asks for a `FileInfo`. Spec 40 §8.3. */
export function fileInfoRequest(id: FileId): FileRequest {
  return { method: 'GET', path: `/file/${id}/info`, headers: new Map() }
}

/** Has a file kept longer; answers with a `FileInfo`. Spec 40 §8.3.
 * @throws {FileServerError} `file-server.not-extendable`, `file-server.bad-ttl` */
export function extendRequest(id: FileId, ttlSeconds?: number): FileRequest {
  if (!isContentFileId(id)) throw new FileServerError('file-server.not-extendable', { length: id.length })
  return { method: 'POST', path: `/file/${id}/extend`, headers: ttlHeaders(ttlSeconds) }
}

/** Reads the parsed JSON of an upload's answer. Spec 40 §8.1.
 * @throws {FileServerError} `file-server.bad-reply` */
export function parseUploadReply(reply: unknown): UploadedFile {
  const id = member(reply, 'id')
  if (typeof id !== 'string') throw new FileServerError('file-server.bad-reply')
  const hasExpiry = member(reply, 'expires') !== undefined
  return { id: replyId(id), expiresAt: hasExpiry ? milliseconds(reply, 'expires') : undefined }
}

/** Reads the parsed JSON of an answer about a file. Spec 40 §8.3.
 * @throws {FileServerError} `file-server.bad-reply` */
export function parseFileInfo(reply: unknown): FileInfo {
  const sizeBytes = member(reply, 'size')
  if (typeof sizeBytes !== 'number' || !Number.isSafeInteger(sizeBytes) || sizeBytes < 0) {
    throw new FileServerError('file-server.bad-reply')
  }
  return { sizeBytes, uploadedAt: milliseconds(reply, 'uploaded'), expiresAt: milliseconds(reply, 'expires') }
}

function ttlHeaders(ttlSeconds: number | undefined): ReadonlyMap<string, string> {
  if (ttlSeconds === undefined) return new Map()
  if (!Number.isSafeInteger(ttlSeconds) || ttlSeconds < 0) throw new FileServerError('file-server.bad-ttl')
  return new Map([[FILE_TTL_HEADER, String(ttlSeconds)]])
}

function replyId(text: string): FileId {
  try {
    return parseFileId(text)
  } catch (cause) {
    throw new FileServerError('file-server.bad-reply', {}, { cause })
  }
}

/** Own members only: a key from outside never reaches a prototype. */
function member(reply: unknown, name: string): unknown {
  if (typeof reply !== 'object' || reply === null) throw new FileServerError('file-server.bad-reply')
  return Object.hasOwn(reply, name) ? Reflect.get(reply, name) : undefined
}

/** The last moment that a date can name, in seconds. */
const MAX_SECONDS = 8_640_000_000_000

/** Seconds with a fraction become whole milliseconds. */
function milliseconds(reply: unknown, name: string): number {
  const seconds = member(reply, name)
  if (typeof seconds !== 'number' || !(seconds >= 0 && seconds <= MAX_SECONDS)) {
    throw new FileServerError('file-server.bad-reply')
  }
  return Math.round(seconds * 1000)
}
