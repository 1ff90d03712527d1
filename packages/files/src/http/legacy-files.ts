import { decodeBase64, decodeJson, encodeBase64, isJsonObject, type Json } from '@sotto/protocol/encoding'
import { SottoError } from '@sotto/protocol/error'
import { jsonReply, type ServerReply, type ServerRequest } from '@sotto/server'
import { FileError } from '../file-error.ts'
import { fileNumber, readFileId } from '../ids/known-id.ts'
import { type FileLimits } from '../limits.ts'
import { type FileStore } from '../store/file-store.ts'
import { findFile } from './file-paths.ts'
import { readTtl } from './ttl.ts'

/** What the deprecated form needs. */
export interface LegacyParts {
  readonly store: Pick<FileStore, 'keep' | 'find' | 'read'>
  readonly limits: FileLimits
}

/** Of base64. Spec 40 §8.3. */
const maxDigits = 8_000_000
/** With the JSON around it. */
export const maxLegacyBody = 8_100_000

/** `POST /files` `{"file":"<base64>"}`: a number, whatever ids the server gives otherwise. Spec 40 §8.3. @throws {FileError} */
export async function uploadLegacy({ store, limits }: LegacyParts, request: ServerRequest): Promise<ServerReply> {
  const bytes = parseLegacyUpload(request.body)
  const ttlMs = readTtl(request.headers, limits.keeping)
  const { id } = await store.keep([bytes], { ids: 'numeric', ttlMs, sizeBytes: bytes.length })
  return jsonReply(200, { result: fileNumber(id), status_code: 200 })
}

/** `GET /files/<id>`: `{"status_code":200,"result":"<base64>"}`. Spec 40 §8.3. @throws {FileError} `files.not-found` */
export async function downloadLegacy({ store }: LegacyParts, text: string): Promise<ServerReply> {
  const known = readFileId(text)
  if (known === undefined || fileNumber(known) === undefined) throw new FileError('files.not-found')
  const { id } = findFile(store, text)
  const bytes = await store.read(id)
  if (bytes === undefined) throw new FileError('files.not-found', { lost: true })
  return jsonReply(200, { status_code: 200, result: encodeBase64(bytes) })
}

/** The bytes of the file in the JSON of an upload. @throws {FileError} `files.bad-request`, `files.too-large` */
export function parseLegacyUpload(body: Uint8Array): Uint8Array {
  const json = orBadRequest(() => decodeJson(body, { maxBytes: maxLegacyBody }))
  const file: Json | undefined = isJsonObject(json) ? json.get('file') : undefined
  if (typeof file !== 'string') throw new FileError('files.bad-request')
  if (file.length > maxDigits) throw new FileError('files.too-large', { length: file.length })
  return orBadRequest(() => decodeBase64(file))
}

function orBadRequest<T>(run: () => T): T {
  try {
    return run()
  } catch (cause) {
    if (cause instanceof SottoError) throw new FileError('files.bad-request', {}, { cause })
    throw cause
  }
}
