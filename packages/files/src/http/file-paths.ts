import { type FileId, isContentFileId } from '@sotto/protocol/attachment'
import { type ServerReply, type ServerRequest } from '@sotto/server'
import { FileError } from '../file-error.ts'
import { readFileId } from '../ids/known-id.ts'
import { type KeepingLimits } from '../limits.ts'
import { type FileRecord } from '../records/schema.ts'
import { type FileStore } from '../store/file-store.ts'
import { infoReply } from './replies.ts'
import { readTtl } from './ttl.ts'

/** What answers about files need. */
export interface FilePathParts {
  readonly store: Pick<FileStore, 'find' | 'read' | 'sizeOf' | 'chunks' | 'extend'>
  readonly limits: KeepingLimits
}

/** Smaller files are read and sent at once, which is faster. */
const piecewiseFrom = 262_144

/** `GET /file/<id>` for whoever can take it in pieces. Spec 40 §8.3. @throws {FileError} `files.not-found` */
export async function downloadInPieces({ store }: FilePathParts, text: string): Promise<ServerReply> {
  const { id, record } = findFile(store, text)
  if (record.size < piecewiseFrom) return wholeReply(store, id, record)
  if ((await store.sizeOf(id)) !== record.size) throw new FileError('files.not-found', { lost: true })
  const pieces = { sizeBytes: record.size, chunks: store.chunks(id) }
  return { status: 200, headers: headersOf(record), body: '', pieces }
}

/** The same for requests in onions, whose answers have to be in memory. @throws {FileError} `files.not-found` */
export async function downloadWhole({ store }: FilePathParts, text: string): Promise<ServerReply> {
  const { id, record } = findFile(store, text)
  return wholeReply(store, id, record)
}

/** `GET /file/<id>/info`. Spec 40 §8.3. @throws {FileError} `files.not-found` */
export function fileInfo({ store }: FilePathParts, text: string): ServerReply {
  return infoReply(findFile(store, text).record)
}

/** `POST /file/<id>/extend`: files with a number cannot be kept longer. Spec 40 §8.3. @throws {FileError} */
export async function extendFile(
  { store, limits }: FilePathParts,
  text: string,
  request: ServerRequest,
): Promise<ServerReply> {
  const id = readFileId(text)
  if (id === undefined || !isContentFileId(id)) throw new FileError('files.not-found')
  const record = await store.extend(id, readTtl(request.headers, limits))
  if (record === undefined) throw new FileError('files.not-found')
  return infoReply(record)
}

/** @throws {FileError} `files.not-found`, also for what is no id */
export function findFile(
  store: Pick<FileStore, 'find'>,
  text: string,
): { readonly id: FileId; readonly record: FileRecord } {
  const id = readFileId(text)
  const record = id === undefined ? undefined : store.find(id)
  if (id === undefined || record === undefined) throw new FileError('files.not-found')
  return { id, record }
}

async function wholeReply(store: Pick<FileStore, 'read'>, id: FileId, record: FileRecord): Promise<ServerReply> {
  const body = await store.read(id)
  if (body === undefined || body.length !== record.size) throw new FileError('files.not-found', { lost: true })
  return { status: 200, headers: headersOf(record), body, memory: body }
}

function headersOf({ expires }: FileRecord): Readonly<Record<string, string>> {
  return { 'content-type': 'application/octet-stream', expires: new Date(expires).toUTCString() }
}
