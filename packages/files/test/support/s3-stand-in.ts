import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { type AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** What a request is signed with. */
export interface StandInKey {
  readonly accessKey: string
  readonly secretKey: string
}

const pageKeys = 100

/**
 * A bucket in memory that speaks as much of the S3 protocol as storing files needs, and takes nothing that is not signed by
 * version 4 of its signatures, which it works out by itself.
 */
export class S3StandIn {
  readonly #objects = new Map<string, Buffer>()
  readonly #bucket: string
  readonly #key: StandInKey
  readonly #server = createServer((request, reply) => void this.#answer(request, reply))
  /** What is answered to the next requests instead, once each. */
  readonly failures: number[] = []
  /** Lengths that puts announced. */
  readonly announced: number[] = []

  constructor(bucket: string, key: StandInKey) {
    this.#bucket = bucket
    this.#key = key
  }

  /** Where it listens. Goes away with the test. */
  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    onTestFinished(() => {
      this.#server.closeAllConnections()
      this.#server.close()
    })
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async #answer(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const body = await readAll(request)
    const failure = this.failures.shift()
    if (failure !== undefined) return end(reply, failure)
    const url = new URL(request.url ?? '', 'http://x')
    if (!isSigned(request, url, this.#key)) return end(reply, 403)
    const [, bucket, ...rest] = url.pathname.split('/')
    if (bucket !== this.#bucket) return end(reply, 404)
    const name = rest.join('/')
    if (name === '') return this.#list(url.searchParams, reply)
    switch (request.method) {
      case 'PUT':
        this.announced.push(Number(request.headers['content-length']))
        this.#objects.set(name, body)
        return end(reply, 200)
      case 'DELETE':
        this.#objects.delete(name)
        return end(reply, 204)
      default:
        return end(reply, this.#objects.has(name) ? 200 : 404, this.#objects.get(name))
    }
  }

  #list(query: URLSearchParams, reply: ServerResponse): void {
    const after = query.get('continuation-token') ?? ''
    const prefix = query.get('prefix') ?? ''
    const names = [...this.#objects.keys()].filter(name => name.startsWith(prefix) && name > after).toSorted()
    const page = names.slice(0, pageKeys)
    const next = names.length > page.length ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ''
    const contents = page.map(name => `<Contents><Key>${name}</Key><Size>1</Size></Contents>`).join('')
    end(reply, 200, Buffer.from(`<?xml version="1.0"?><ListBucketResult>${next}${contents}</ListBucketResult>`))
  }
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

function end(reply: ServerResponse, status: number, body?: Buffer): void {
  reply.writeHead(status, body === undefined ? {} : { 'content-length': body.length })
  reply.end(body)
}

const authorization =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/

/** AWS Signature Version 4 of a request whose body need not be signed. */
function isSigned({ method = '', headers }: IncomingMessage, url: URL, { accessKey, secretKey }: StandInKey): boolean {
  const [, id, day = '', region = '', signed = '', signature] = authorization.exec(headers.authorization ?? '') ?? []
  const names = signed.split(';')
  const time = String(headers['x-amz-date'])
  if (id !== accessKey || !time.startsWith(day) || !names.includes('host') || !names.includes('x-amz-date'))
    return false
  const lines = names.map(name => `${name}:${String(headers[name]).trim()}\n`).join('')
  const query = [...url.searchParams]
    .map(pair => pair.map(escaped).join('='))
    .toSorted()
    .join('&')
  const payload = String(headers['x-amz-content-sha256'])
  const request = [method, url.pathname, query, lines, signed, payload].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', time, scope, createHash('sha256').update(request).digest('hex')].join('\n')
  const key = [day, region, 's3', 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${secretKey}`)
  return hmac(key, text).toString('hex') === signature
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function escaped(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
}
