import { openAsBlob } from 'node:fs'
import { type FileId } from '@sotto/protocol/attachment'
import { type SecretText } from '@sotto/server'
import { AwsClient } from 'aws4fetch'
import { FileError } from '../file-error.ts'
import { readFileId } from '../ids/known-id.ts'
import { type ArrivedFile, type FileStorage } from './file-storage.ts'

/** A bucket of a storage that speaks the S3 protocol, and the key to it. */
export interface S3Options {
  /** `https://s3.example.org`; the bucket stands in the path. */
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  /** Before the id in the names of objects: `files/`. */
  readonly prefix: string
  readonly accessKey: string
  readonly secretKey: SecretText
  /** A request that takes longer has failed, ms. */
  readonly timeoutMs: number
}

const pageKeys = 1000
const retries = 2
const firstRetryMs = 100
const listedKey = /<Key>([^<]*)<\/Key>/g
const nextToken = /<NextContinuationToken>([^<]*)<\/NextContinuationToken>/

/** Files as objects of a bucket. A put object is durable, and is seen by who asks next. */
export class S3Storage implements FileStorage {
  readonly #options: S3Options
  readonly #client: AwsClient

  constructor(options: S3Options) {
    this.#options = options
    const { accessKey: accessKeyId, secretKey, region } = options
    const secretAccessKey = secretKey.expose()
    this.#client = new AwsClient({
      accessKeyId,
      secretAccessKey,
      region,
      service: 's3',
      retries,
      initRetryMs: firstRetryMs,
    })
  }

  async put(id: FileId, { path, sizeBytes }: ArrivedFile): Promise<void> {
    const body = await openAsBlob(path)
    // A blob of a file is read while it is sent, so its bytes are never in memory together.
    if (body.size !== sizeBytes) throw new FileError('files.storage-failed', { size: body.size })
    const headers = { 'content-type': 'application/octet-stream' }
    const reply = await this.#ask(this.#urlOf(id), { method: 'PUT', body, headers })
    await finish(reply, [200])
  }

  async sizeOf(id: FileId): Promise<number | undefined> {
    const reply = await this.#ask(this.#urlOf(id), { method: 'HEAD' })
    await finish(reply, [200, 404])
    return reply.status === 404 ? undefined : Number(reply.headers.get('content-length'))
  }

  async read(id: FileId): Promise<Uint8Array | undefined> {
    const reply = await this.#ask(this.#urlOf(id), { method: 'GET' })
    if (reply.status !== 200) return void (await finish(reply, [404]))
    try {
      return new Uint8Array(await reply.arrayBuffer())
    } catch (cause) {
      throw new FileError('files.storage-failed', {}, { cause })
    }
  }

  async *chunks(id: FileId): AsyncIterable<Uint8Array> {
    const reply = await this.#ask(this.#urlOf(id), { method: 'GET' })
    if (reply.status !== 200 || reply.body === null) {
      await reply.body?.cancel()
      throw new FileError('files.storage-failed', { status: reply.status })
    }
    for await (const piece of reply.body) yield new Uint8Array(piece.buffer, piece.byteOffset, piece.length)
  }

  async remove(id: FileId): Promise<void> {
    await finish(await this.#ask(this.#urlOf(id), { method: 'DELETE' }), [200, 204, 404])
  }

  async *list(): AsyncIterable<FileId> {
    let token: string | undefined
    do {
      const page = await this.#page(token)
      for (const [, key = ''] of page.matchAll(listedKey)) {
        const id = readFileId(key.slice(this.#options.prefix.length))
        if (id !== undefined) yield id
      }
      token = nextToken.exec(page)?.[1]
    } while (token !== undefined)
  }

  async #page(token: string | undefined): Promise<string> {
    const { endpoint, bucket, prefix } = this.#options
    const query = new URLSearchParams({ 'list-type': '2', 'max-keys': String(pageKeys), prefix })
    if (token !== undefined) query.set('continuation-token', token)
    const reply = await this.#ask(`${endpoint}/${bucket}?${query.toString()}`, { method: 'GET' })
    if (reply.status !== 200) await finish(reply, [])
    return reply.text()
  }

  #urlOf(id: FileId): string {
    const { endpoint, bucket, prefix } = this.#options
    return `${endpoint}/${bucket}/${prefix}${id}`
  }

  async #ask(url: string, init: RequestInit): Promise<Response> {
    try {
      return await this.#client.fetch(url, { ...init, signal: AbortSignal.timeout(this.#options.timeoutMs) })
    } catch (cause) {
      throw new FileError('files.storage-failed', {}, { cause })
    }
  }
}

/** Lets go of an answer whose body says nothing. Its status has to be one of these. */
async function finish(reply: Response, expected: readonly number[]): Promise<void> {
  await reply.body?.cancel()
  if (!expected.includes(reply.status)) throw new FileError('files.storage-failed', { status: reply.status })
}
