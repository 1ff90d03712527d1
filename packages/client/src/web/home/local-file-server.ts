import { NetworkError } from '@sotto/network'
import { defaultFileServer, type FileServer, FileServerError, parseFileServer } from '@sotto/protocol/attachment'
import { CryptoError, ed25519PublicKey } from '@sotto/protocol/crypto'
import { decodeHex, decodeJson, EncodingError, isJsonObject, JsonError } from '@sotto/protocol/encoding'
import { fetchBytes } from './fetch-bytes.ts'
import { HomeError } from './home-error.ts'

const PATH = '/.well-known/sotto/file-server'
const LIMITS = { maxBytes: 4096, timeoutMs: 15_000 }

/** Where a gateway of this machine says that files are brought; another gateway is not asked. Spec 10 §6.4. */
export class LocalFileServer {
  readonly #gateway: string
  readonly #signal: AbortSignal
  #server: FileServer | undefined

  constructor(gateway: string, signal: AbortSignal) {
    this.#gateway = gateway
    this.#signal = signal
  }

  /**
   * Where to bring a file.
   * @throws {NetworkError} `network.server-failed` as long as the gateway has not answered
   */
  get server(): FileServer {
    if (this.#server === undefined) throw new NetworkError('network.server-failed')
    return this.#server
  }

  /** Asks the gateway. One that knows of none leaves that of the existing network. Problems change nothing. */
  async refresh(): Promise<void> {
    try {
      const bytes = await fetchBytes(`${this.#gateway}${PATH}`, { ...LIMITS, signal: this.#signal })
      this.#server = readServer(bytes) ?? defaultFileServer()
    } catch (error) {
      if (!(error instanceof HomeError)) throw error
      if (error.detail['status'] === 404) this.#server = defaultFileServer()
    }
  }
}

/** `{ "url", "ed25519" }`; `undefined` for anything else, such as a page. */
function readServer(bytes: Uint8Array): FileServer | undefined {
  try {
    const said = decodeJson(bytes, { maxBytes: LIMITS.maxBytes })
    if (!isJsonObject(said)) return undefined
    const [url, key] = [said.get('url'), said.get('ed25519')]
    if (typeof url !== 'string' || typeof key !== 'string') return undefined
    return parseFileServer(url, ed25519PublicKey(decodeHex(key)))
  } catch (error) {
    const isBad = [JsonError, EncodingError, FileServerError, CryptoError].some(kind => error instanceof kind)
    if (isBad) return undefined
    throw error
  }
}
