import { type Ed25519PublicKey, ed25519PublicKey } from '@sotto/protocol/crypto'
import { decodeHex, EncodingError, utf8Decode } from '@sotto/protocol/encoding'
import { maxRegistryBytes, openRegistry, RegistryError, StaticDirectory, type VerifiedRegistry } from '@sotto/registry'
import { webClock } from '../system/web-clock.ts'
import { fetchBytes } from './fetch-bytes.ts'
import { HomeError } from './home-error.ts'
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
  readonly records: Pick<SmallRecords, 'load' | 'save'>
  /** Told why a list was not fetched or not taken. The one before stays in use. */
  readonly onProblem: (problem: unknown) => void
}

const directoryRecord = 'directory'
const keyRecord = 'directory-key'
const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])
const timeoutMs = 15_000
/** Nodes come and go slowly. */
const refreshMs = 3_600_000
const retryMs = 60_000

/** Who the nodes are, by a signed list that a gateway serves: kept for starts without it, and asked for again every hour. */
export class GatewayDirectory {
  readonly directory: StaticDirectory
  readonly isLocal: boolean
  /** Who signs the list; names the network. */
  readonly keys: readonly Ed25519PublicKey[]
  readonly #options: GatewayDirectoryOptions
  readonly #stopped = new AbortController()
  readonly #running: Promise<void>
  #work: Promise<boolean> = Promise.resolve(true)

  private constructor(options: GatewayDirectoryOptions, trusted: Trusted, known: Known) {
    this.#options = options
    this.keys = trusted.keys
    this.isLocal = trusted.isLocal
    this.directory = new StaticDirectory(known.registry)
    this.#running = this.#keepUp(known.isSaved)
  }

  /**
   * Finds out who the nodes are: from what is kept if that is still good, otherwise from the gateway.
   * @throws {HomeError} `home.no-key`, `home.bad-key`, `home.no-directory`, `home.directory-too-large`
   * @throws {RegistryError} if the gateway has no list that is signed by those who are believed
   */
  static async open(options: GatewayDirectoryOptions): Promise<GatewayDirectory> {
    const trusted = await trustedKeys(options)
    const saved = await savedRegistry(options, trusted)
    if (saved !== undefined) return new GatewayDirectory(options, trusted, { registry: saved, isSaved: true })
    const { registry, bytes } = await fetchRegistry(options, trusted, AbortSignal.timeout(timeoutMs))
    await options.records.save(directoryRecord, bytes)
    if (trusted.isNew) await options.records.save(keyRecord, trusted.keys[0] ?? new Uint8Array())
    return new GatewayDirectory(options, trusted, { registry, isSaved: false })
  }

  /** Asks the gateway now. Whether it had a list that is believed; problems go to `onProblem`. */
  async refresh(): Promise<boolean> {
    this.#work = this.#work.then(async () => this.#refresh())
    return this.#work
  }

  async stop(): Promise<void> {
    this.#stopped.abort()
    await this.#running
    await this.#work
  }

  async #keepUp(isSaved: boolean): Promise<void> {
    const { signal } = this.#stopped
    let fresh = isSaved ? await this.refresh() : true
    while (!signal.aborted) {
      await webClock.sleep(fresh ? refreshMs : retryMs, signal).catch(() => {})
      if (!signal.aborted) fresh = await this.refresh()
    }
  }

  async #refresh(): Promise<boolean> {
    const { signal } = this.#stopped
    if (signal.aborted) return false
    try {
      const trusted = { keys: this.keys, isLocal: this.isLocal, isNew: false }
      const { registry, bytes } = await fetchRegistry(this.#options, trusted, signal)
      // An older one is not kept either: it would be what the next start believes.
      if (this.directory.replace(registry)) await this.#options.records.save(directoryRecord, bytes)
      return true
    } catch (problem) {
      if (!signal.aborted) this.#options.onProblem(problem)
      return false
    }
  }
}

interface Known {
  readonly registry: VerifiedRegistry
  readonly isSaved: boolean
}

interface Trusted {
  readonly keys: readonly Ed25519PublicKey[]
  readonly isLocal: boolean
  /** Asked for just now. */
  readonly isNew: boolean
}

async function trustedKeys({ trust, gateway, records }: GatewayDirectoryOptions): Promise<Trusted> {
  if (trust.kind === 'keys') {
    if (trust.keys.length === 0) throw new HomeError('home.no-key')
    return { keys: trust.keys, isLocal: trust.isLocal, isNew: false }
  }
  if (!loopback.has(new URL(gateway).hostname)) throw new HomeError('home.no-key')
  const known = await records.load(keyRecord)
  if (known !== undefined) return { keys: [ed25519PublicKey(known)], isLocal: true, isNew: false }
  const signal = AbortSignal.timeout(timeoutMs)
  const url = `${gateway}/.well-known/sotto/directory-key`
  return { keys: [readKey(await fetchBytes(url, { maxBytes: 64, timeoutMs, signal }))], isLocal: true, isNew: true }
}

function readKey(hex: Uint8Array): Ed25519PublicKey {
  try {
    return ed25519PublicKey(decodeHex(utf8Decode(hex)))
  } catch (cause) {
    throw new HomeError('home.bad-key', { length: hex.length }, { cause })
  }
}

/** `undefined` also for a list that is too old, or not signed by those who are believed now. */
async function savedRegistry(
  { records }: GatewayDirectoryOptions,
  trusted: Trusted,
): Promise<VerifiedRegistry | undefined> {
  const bytes = await records.load(directoryRecord)
  if (bytes === undefined) return undefined
  try {
    return verified(bytes, trusted)
  } catch (error) {
    if (error instanceof RegistryError || error instanceof EncodingError) return undefined
    throw error
  }
}

async function fetchRegistry(
  { gateway }: GatewayDirectoryOptions,
  trusted: Trusted,
  signal: AbortSignal,
): Promise<{ readonly registry: VerifiedRegistry; readonly bytes: Uint8Array }> {
  const url = `${gateway}/.well-known/sotto/directory`
  const bytes = await fetchBytes(url, { maxBytes: maxRegistryBytes, timeoutMs, signal })
  return { registry: verified(bytes, trusted), bytes }
}

function verified(bytes: Uint8Array, { keys, isLocal }: Trusted): VerifiedRegistry {
  return openRegistry(bytes, { trustedKeys: keys, allowLocal: isLocal }, webClock.now())
}
