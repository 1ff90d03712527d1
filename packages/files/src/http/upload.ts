import { jsonReply, type ServerReply, type ServerRequest } from '@sotto/server'
import { FileError } from '../file-error.ts'
import { type FileLimits } from '../limits.ts'
import { type FileStore, type KeepOptions } from '../store/file-store.ts'
import { readTtl } from './ttl.ts'

/** What uploads need. */
export interface UploadParts {
  readonly store: Pick<FileStore, 'keep'>
  readonly limits: FileLimits
  readonly ids: KeepOptions['ids']
}

/** `POST /file`: `{"id","expires"}`; the id is a text also where it is a number. Spec 40 §8.1, trap 24. */
export class Upload {
  readonly #parts: UploadParts
  #running = 0

  constructor(parts: UploadParts) {
    this.#parts = parts
  }

  /** How many files are coming piece by piece. */
  get running(): number {
    return this.#running
  }

  /** @throws {FileError} @throws {BodyError} @throws {DatabaseError} */
  async handle(request: ServerRequest): Promise<ServerReply> {
    const { store, limits, ids } = this.#parts
    const ttlMs = readTtl(request.headers, limits.keeping)
    const { pieces, body } = request
    if (pieces === undefined) return replyOf(await store.keep([body], { ids, ttlMs, sizeBytes: body.length }))
    if (this.#running >= limits.work.maxUploads) throw new FileError('files.busy', { uploads: this.#running })
    this.#running++
    try {
      return replyOf(await store.keep(pieces, { ids, ttlMs, sizeBytes: declaredBytes(request) }))
    } finally {
      this.#running--
    }
  }
}

function replyOf({ id, expires }: { readonly id: string; readonly expires: number }): ServerReply {
  return jsonReply(200, { id, expires: expires / 1000 })
}

/** The listener refuses what announces too much, and cuts what does not keep to it. */
function declaredBytes({ headers }: ServerRequest): number | undefined {
  const text = headers.get('content-length')
  return text !== undefined && /^[0-9]{1,15}$/.test(text) ? Number(text) : undefined
}
