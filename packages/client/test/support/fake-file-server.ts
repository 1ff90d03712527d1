import { type ServerReply } from '@sotto/network'
import { contentFileId } from '@sotto/protocol/attachment'
import { type ServerDestination, type V4Request } from '@sotto/protocol/onion'
import { utf8Encode } from '@sotto/protocol/encoding'

/** A file server in memory, as spec 40 §8 has it, with faults on demand. */
export class FakeFileServer {
  readonly files = new Map<string, Uint8Array>()
  /** Every request, in order, with the host that it was for. */
  readonly asked: { readonly host: string; readonly method: string; readonly endpoint: string }[] = []
  /** Requests wait for as long as it is set. */
  isHeld = false
  /** How long the second half of a request takes. */
  slowMs = 0
  /** Answers with this status instead, while it is set. */
  status: number | undefined
  /** Whether files can be kept longer. */
  extendsFiles = true
  /** Keeps so many bytes too few of each file. */
  losesBytes = 0
  /** What the bytes of each download were lent in. */
  readonly memories: Uint8Array[] = []
  /** How many uploads and downloads there were. */
  get uploads(): number {
    return this.asked.filter(({ method, endpoint }) => method === 'POST' && endpoint === '/file').length
  }

  get downloads(): number {
    return this.asked.filter(({ method, endpoint }) => method === 'GET' && !endpoint.endsWith('/info')).length
  }

  answer({ address }: ServerDestination, { body, endpoint, method }: V4Request): ServerReply {
    this.asked.push({ host: address.host, method, endpoint })
    if (this.status !== undefined) return json({ status_code: this.status }, this.status)
    if (method === 'POST' && endpoint === '/file') return this.#upload(body ?? new Uint8Array(0))
    const [, id = '', info] = /^\/file\/([\w-]+)(\/info|\/extend)?$/.exec(endpoint) ?? []
    const file = this.files.get(id)
    if (file === undefined || (info === '/extend' && !this.extendsFiles)) return json({ status_code: 404 }, 404)
    if (info !== undefined) return json({ size: file.length, uploaded: 1.5, expires: 2.5 })
    // As replies lie: after their head, in memory of their own.
    const memory = new Uint8Array(2 + file.length)
    memory.set(file, 2)
    this.memories.push(memory)
    const headers = new Map([['content-type', 'application/octet-stream']])
    return { code: 200, headers, body: memory.subarray(2), memory }
  }

  #upload(body: Uint8Array): ServerReply {
    const id = contentFileId(body)
    this.files.set(id, body.slice(0, body.length - this.losesBytes))
    return json({ id, expires: 2.5 })
  }
}

function json(value: object, code = 200): ServerReply {
  return { code, headers: new Map([['content-type', 'application/json']]), body: utf8Encode(JSON.stringify(value)) }
}
