import { blake2b, type Ed25519PublicKey } from '@sotto/protocol/crypto'
import { encodeHex } from '@sotto/protocol/encoding'
import { type NodeDirectory } from '@sotto/registry'
import { type Log } from '@sotto/server'
import { type GatewayEvents } from '../gateway-events.ts'

/** What browsers are told of the nodes. */
export interface DirectorySource {
  /** The signed file as it is: who reads it looks at the signatures. */
  readonly read: () => Promise<Uint8Array>
  /** The key that signs the list of a network on this machine. Of other networks browsers know the keys. Architecture §5. */
  readonly localKey?: Ed25519PublicKey
}

/** A file with its name in caches. */
export interface PublishedFile {
  readonly bytes: Uint8Array
  /** An entity tag with its quotes. */
  readonly tag: string
}

/** Keeps the signed list at hand, read again whenever the directory changes. */
export class PublishedDirectory {
  readonly #source: DirectorySource
  readonly #log: Log<GatewayEvents>
  readonly #unwatch: () => void
  #file: PublishedFile | undefined
  #work: Promise<void> = Promise.resolve()

  constructor(source: DirectorySource, directory: Pick<NodeDirectory, 'onChange'>, log: Log<GatewayEvents>) {
    this.#source = source
    this.#log = log
    this.#unwatch = directory.onChange(() => void this.refresh())
  }

  /** The list as it was last read; `undefined` before that. */
  get file(): PublishedFile | undefined {
    return this.#file
  }

  get localKey(): Ed25519PublicKey | undefined {
    return this.#source.localKey
  }

  /** Reads it now. If that fails, the last one stays. */
  async refresh(): Promise<void> {
    this.#work = this.#work.then(async () => this.#read())
    return this.#work
  }

  /** Follows the directory no more. */
  async stop(): Promise<void> {
    this.#unwatch()
    await this.#work
  }

  async #read(): Promise<void> {
    try {
      const bytes = await this.#source.read()
      this.#file = { bytes, tag: `"${encodeHex(blake2b(16, bytes))}"` }
    } catch (error) {
      this.#log.failure('directory.unreadable', error)
    }
  }
}
