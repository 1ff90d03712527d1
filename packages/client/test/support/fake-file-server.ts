import { contentFileId } from '@sotto/protocol/attachment'
import { type ServerDestination, type V4Reply, type V4Request } from '@sotto/protocol/onion'
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
  /** How many uploads and downloads there were. */
  get uploads(): number {
    return this.asked.filter(({ method, endpoint }) => method === 'POST' && endpoint === '/file').length
  }

  get downloads(): number {
    return this.asked.filter(({ method, endpoint }) => method === 'GET' && !endpoint.endsWith('/info')).length
  }

  answer({ address }: ServerDestination, { body, endpoint, method }: V4Request): V4Reply {
    this.asked.push({ host: address.host, method, endpoint })
    if (this.status !== undefined) return json({ status_code: this.status }, this.status)
    if (method === 'POST' && endpoint === '/file') return this.#upload(body ?? new Uint8Array(0))
    const [, id = '', info] = /^\/file\/([\w-]+)(\/info|\/extend)?$/.exec(endpoint) ?? []
    const file = this.files.get(id)
    if (file === undefined || (info === '/extend' && !this.extendsFiles)) return json({ status_code: 404 }, 404)
    if (info !== undefined) return json({ size: file.length, uploaded: 1.5, expires: 2.5 })
    return { code: 200, headers: new Map([['content-type', 'application/octet-stream']]), body: file.slice() }
  }

  #upload(body: Uint8Array): V4Reply {
    const id = contentFileId(body)
    this.files.set(id, body.slice(0, body.length - this.losesBytes))
    return json({ id, expires: 2.5 })
  }
}

function json(value: object, code = 200): V4Reply {
  return { code, headers: new Map([['content-type', 'application/json']]), body: utf8Encode(JSON.stringify(value)) }
}
