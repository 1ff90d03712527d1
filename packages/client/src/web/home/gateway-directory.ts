import { type Ed25519PublicKey, ed25519PublicKey } from '@sotto/protocol/crypto'
import { decodeHex, EncodingError, utf8Decode } from '@sotto/protocol/encoding'
import { maxRegistryBytes, openRegistry, RegistryError, type VerifiedRegistry } from '@sotto/registry'
import { webClock } from '../system/web-clock.ts'
import { fetchBytes } from './fetch-bytes.ts'
import { HomeError } from './home-error.ts'
import { type NetworkStatus } from './home-status.ts'
import { LateDirectory } from './late-directory.ts'
import { type SmallRecords } from './small-records.ts'

/** Whose list of nodes is believed. Architecture §5. */
export type GatewayTrust =
  /** Compiled in, or given by the user. */
  | { readonly kind: 'keys'; readonly keys: readonly Ed25519PublicKey[]; readonly isLocal: boolean }
  /** That of the network on this machine: asked of the gateway once, and remembered. On loopback only. */
  | { readonly kind: 'this-machine' }

/** Where a list comes from, and where it is kept. */
export interface GatewayDirectoryOptions {
  /** The gateway's origin. */
  readonly gateway: string
  readonly trust: GatewayTrust
  readonly records: Pick<SmallRecords, 'load' | 'save' | 'clear'>
  /** Told why a list was not fetched or not taken. The one before stays in use. */
  readonly onProblem: (problem: unknown) => void
  /** `state` has changed. */
  readonly onChange?: () => void
}

const directoryRecord = 'directory'
const keyRecord = 'directory-key'
const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])
const timeoutMs = 15_000
/** Nodes come and go slowly. */
const refreshMs = 3_600_000
/** Pauses while the gateway has no list that is believed: without any list the first ones are shorter. */
const firstRetryMs = 1000
const retryMs = 60_000
const foreign: ReadonlySet<string> = new Set(['registry.too-few-signatures', 'registry.other-network'])

/** Who the nodes are, by a signed list that a gateway serves: kept for starts without it, and asked for again every hour. */
export class GatewayDirectory {
  /** Empty until a list is known. */
  readonly directory = new LateDirectory()
  readonly isLocal: boolean
  /** Resolves when a list is known. */
  readonly known: Promise<void>
  readonly #options: GatewayDirectoryOptions
  readonly #stopped = new AbortController()
  readonly #tellKnown: () => void
  #keys: readonly Ed25519PublicKey[]
  #running: Promise<void> = Promise.resolve()
  #work: Promise<boolean> = Promise.resolve(true)
  #isForeign = false
  #isForgotten = false
  /** What those who are told of changes know. */
  #told: NetworkStatus['network'] = 'unknown'

  private constructor(options: GatewayDirectoryOptions, keys: readonly Ed25519PublicKey[]) {
    this.#options = options
    this.#keys = keys
    this.isLocal = options.trust.kind === 'this-machine' || options.trust.isLocal
    const { promise, resolve } = Promise.withResolvers<void>()
    this.known = promise
    this.#tellKnown = resolve
  }

  /**
   * Takes what is kept if that is still good, and begins to ask the gateway; does not wait for it.
   * @throws {HomeError} `home.no-key`
   * @throws {AccountsError} `accounts.storage-failed`
   */
  static async open(options: GatewayDirectoryOptions): Promise<GatewayDirectory> {
    const nodes = new GatewayDirectory(options, await trustedKeys(options))
    await nodes.#takeSaved()
    nodes.#told = nodes.state
    nodes.#running = nodes.#keepUp()
    return nodes
  }

  /** Who signs the list, which names the network; empty until that was asked of the gateway of this machine. */
  get keys(): readonly Ed25519PublicKey[] {
    return this.#keys
  }

  get state(): NetworkStatus['network'] {
    if (this.#isForeign) return 'foreign-key'
    return this.directory.isKnown ? 'ready' : 'unknown'
  }

  /** Nothing is to be kept any more. */
  get isForgotten(): boolean {
    return this.#isForgotten
  }

  /** Asks the gateway now. Whether it had a list that is believed; problems go to `onProblem`. */
  async refresh(): Promise<boolean> {
    this.#work = this.#work.then(async () => this.#refresh())
    return this.#work
  }

  /** Forgets whom this device believes, and the list: the next start asks anew. Until then all stays as it is. */
  async forget(): Promise<void> {
    this.#isForgotten = true
    await this.#options.records.clear()
  }

  async stop(): Promise<void> {
    this.#stopped.abort()
    await this.#running
    await this.#work
  }

  async #takeSaved(): Promise<void> {
    const bytes = await this.#options.records.load(directoryRecord)
    if (bytes === undefined || this.#keys.length === 0) return
    try {
      this.#take(verified(bytes, this.#keys, this.isLocal))
    } catch (error) {
      // One that is too old, or not signed by those who are believed now, is none.
      if (!(error instanceof RegistryError) && !(error instanceof EncodingError)) throw error
    }
  }

  async #keepUp(): Promise<void> {
    const { signal } = this.#stopped
    let pauseMs = firstRetryMs
    while (!signal.aborted) {
      const isFresh = await this.refresh()
      const restMs = isFresh ? refreshMs : this.directory.isKnown ? retryMs : pauseMs
      pauseMs = isFresh ? firstRetryMs : Math.min(retryMs, pauseMs * 2)
      await webClock.sleep(restMs, signal).catch(() => {})
    }
  }

  async #refresh(): Promise<boolean> {
    const { signal } = this.#stopped
    if (signal.aborted) return false
    try {
      await this.#fetch(signal)
      this.#note({ isForeign: false })
      return true
    } catch (problem) {
      if (signal.aborted) return false
      if (problem instanceof RegistryError && foreign.has(problem.code)) this.#note({ isForeign: true })
      this.#options.onProblem(problem)
      return false
    }
  }

  async #fetch(signal: AbortSignal): Promise<void> {
    const { gateway } = this.#options
    const isNew = this.#keys.length === 0
    const keys = isNew ? [await fetchKey(gateway, signal)] : this.#keys
    const url = `${gateway}/.well-known/sotto/directory`
    const bytes = await fetchBytes(url, { maxBytes: maxRegistryBytes, timeoutMs, signal })
    const registry = verified(bytes, keys, this.isLocal)
    this.#keys = keys
    // An older one is not kept either: it would be what the next start believes.
    if (this.#take(registry)) await this.#save(directoryRecord, bytes)
    if (isNew && keys[0] !== undefined) await this.#save(keyRecord, keys[0])
  }

  #take(registry: VerifiedRegistry): boolean {
    const isNews = this.directory.take(registry)
    this.#tellKnown()
    return isNews
  }

  async #save(name: string, bytes: Uint8Array): Promise<void> {
    if (!this.#isForgotten) await this.#options.records.save(name, bytes)
  }

  #note({ isForeign }: { readonly isForeign: boolean }): void {
    this.#isForeign = isForeign
    if (this.state === this.#told) return
    this.#told = this.state
    this.#options.onChange?.()
  }
}

/** None where the gateway of this machine has to be asked. */
async function trustedKeys({ trust, gateway, records }: GatewayDirectoryOptions): Promise<readonly Ed25519PublicKey[]> {
  if (trust.kind === 'keys') {
    if (trust.keys.length === 0) throw new HomeError('home.no-key')
    return trust.keys
  }
  if (!loopback.has(new URL(gateway).hostname)) throw new HomeError('home.no-key')
  const known = await records.load(keyRecord)
  return known === undefined ? [] : [ed25519PublicKey(known)]
}

async function fetchKey(gateway: string, signal: AbortSignal): Promise<Ed25519PublicKey> {
  const url = `${gateway}/.well-known/sotto/directory-key`
  const hex = await fetchBytes(url, { maxBytes: 64, timeoutMs, signal })
  try {
    return ed25519PublicKey(decodeHex(utf8Decode(hex)))
  } catch (cause) {
    throw new HomeError('home.bad-key', { length: hex.length }, { cause })
  }
}

function verified(bytes: Uint8Array, keys: readonly Ed25519PublicKey[], isLocal: boolean): VerifiedRegistry {
  return openRegistry(bytes, { trustedKeys: keys, allowLocal: isLocal }, webClock.now())
}
