import { decodeJson, isJsonObject, type Json, type JsonObject } from '../encoding/index.ts'
import { SottoError } from '../error/index.ts'
import { type FileId, isContentFileId, parseFileId } from './file-id.ts'
import { FileServerError } from './file-server-error.ts'

/** The head of a request to a file server; an upload has the blob as its body, the others have none. Spec 10 §6.4. */
export interface FileRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: ReadonlyMap<string, string>
}

/** What an upload answers. Spec 40 §8.1. */
export interface UploadedFile {
  readonly id: FileId
  /** Unix ms. Servers of 2024 do not say. */
  readonly expiresAt: number | undefined
}

/** What a server knows of a file. Times are Unix ms. Spec 40 §8.3. */
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

/** Reads the body of an upload's answer, a JSON object. Spec 40 §8.1.
 * @throws {FileServerError} `file-server.bad-reply` */
export function parseUploadReply(body: Uint8Array): UploadedFile {
  return parseReply(body, reply => {
    const expires = reply.get('expires')
    return {
      id: parseFileId(requireText(reply.get('id'))),
      expiresAt: expires === undefined ? undefined : readSeconds(expires),
    }
  })
}

/** Reads the body of an answer about a file, a JSON object. Spec 40 §8.3.
 * @throws {FileServerError} `file-server.bad-reply` */
export function parseFileInfo(body: Uint8Array): FileInfo {
  return parseReply(body, reply => ({
    sizeBytes: requireSize(reply.get('size')),
    uploadedAt: readSeconds(reply.get('uploaded')),
    expiresAt: readSeconds(reply.get('expires')),
  }))
}

function ttlHeaders(ttlSeconds: number | undefined): ReadonlyMap<string, string> {
  if (ttlSeconds === undefined) return new Map()
  if (!Number.isSafeInteger(ttlSeconds) || ttlSeconds < 0) throw new FileServerError('file-server.bad-ttl')
  return new Map([[FILE_TTL_HEADER, String(ttlSeconds)]])
}

/** Whatever is wrong with a reply, or with the JSON of it, is a bad reply. */
function parseReply<T>(body: Uint8Array, read: (reply: JsonObject) => T): T {
  try {
    const reply = decodeJson(body, { maxBytes: MAX_REPLY_BYTES })
    if (isJsonObject(reply)) return read(reply)
  } catch (cause) {
    if (cause instanceof SottoError)
      throw new FileServerError('file-server.bad-reply', { length: body.length }, { cause })
    throw cause
  }
  throw new FileServerError('file-server.bad-reply', { length: body.length })
}

function requireText(value: Json | undefined): string {
  if (typeof value !== 'string') throw new FileServerError('file-server.bad-reply')
  return value
}

function requireSize(value: Json | undefined): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new FileServerError('file-server.bad-reply')
  }
  return value
}

/** Seconds with a fraction become whole milliseconds. */
function readSeconds(seconds: Json | undefined): number {
  if (typeof seconds !== 'number' || !(seconds >= 0 && seconds <= MAX_SECONDS)) {
    throw new FileServerError('file-server.bad-reply')
  }
  return Math.round(seconds * 1000)
}

/** The last moment that a date can name, in seconds. */
const MAX_SECONDS = 8_640_000_000_000
/** Far more than three numbers and an id take. */
const MAX_REPLY_BYTES = 65_536
