import { type Build, buildPath, maxBuildBytes, serviceWorkerPath, signaturePath } from '../updates/build.ts'
import { type KeeperNotice, type KnownBuild, type UpdateRefusal } from '../updates/messages.ts'
import { openBuild, type SignedBuild } from '../updates/verify-build.ts'
import { type BuildPorts } from './build-ports.ts'
import { cacheNameOf, type KeptState, readState, writeState } from './kept-state.ts'
import { DamagedFile, takeFile } from './take-file.ts'

/**
 * Keeps one build of the app, whole and verified, and serves nothing else: another one only when the user says so. It believes
 * in the key that signed the first build that it saw. Spec 70 §7, H6.
 */
export class BuildKeeper {
  readonly #ports: BuildPorts
  #state: Promise<KeptState | undefined> | undefined
  #checking: Promise<void> | undefined
  #refusal: UpdateRefusal | undefined

  constructor(ports: BuildPorts) {
    this.#ports = ports
  }

  /** Takes the first build. Rejects if there is none that can be believed: then the page goes on without a service worker. */
  async install(): Promise<void> {
    if ((await this.#read()) !== undefined) return
    const signed = await this.#fetchSigned()
    const pinned = knownBuild(signed)
    await this.#download(signed.build, pinned, undefined)
    await this.#write({ key: signed.signature.key, pinned })
  }

  /** The file of the build in use at a path; `undefined` if it has none there. */
  async find(path: string): Promise<Response | undefined> {
    const state = await this.#read()
    for (const build of [state?.pinned, state?.previous]) {
      if (build === undefined) continue
      const cache = await this.#ports.caches.open(cacheNameOf(build))
      const found = await cache.match(path)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** Tells how things stand. */
  async status(): Promise<void> {
    const state = await this.#read()
    if (state === undefined) return
    const { key, pinned, ready } = state
    await this.#ports.announce({
      kind: 'status',
      key,
      pinned,
      ...(ready === undefined ? {} : { ready }),
      ...(this.#refusal === undefined ? {} : { refusal: this.#refusal }),
      checking: this.#checking !== undefined,
    })
  }

  /** Looks for another build and takes it in, without using it. What came of it is announced. */
  async check(): Promise<void> {
    this.#checking ??= this.#check(false)
    await this.#checking
  }

  /** The same, for a user who was asked whether another key may be right. Both builds must be of this machine. */
  async trust(): Promise<void> {
    await this.#checking
    this.#checking ??= this.#check(true)
    await this.#checking
  }

  /** Serves the build that is ready, if there is one. */
  async activate(): Promise<void> {
    const state = await this.#read()
    if (state?.ready === undefined) return this.status()
    const { key, ready: pinned, pinned: previous } = state
    await this.#write({ key, pinned, previous })
    await this.#ports.announce({ kind: 'activated', version: pinned.version })
  }

  async #check(mayTrust: boolean): Promise<void> {
    const notice = await this.#look(mayTrust).catch((error: unknown): KeeperNotice => {
      return { kind: error instanceof DamagedFile ? 'damaged' : 'unreachable' }
    })
    this.#checking = undefined
    if (notice?.kind !== 'unreachable') this.#refusal = isRefusal(notice) ? notice : undefined
    if (notice !== undefined) await this.#ports.announce(notice)
    await this.status()
  }

  /** What there is to say, if anything. */
  async #look(mayTrust: boolean): Promise<KeeperNotice | undefined> {
    const state = await this.#read()
    if (state === undefined) return void (await this.install())
    const signed = await this.#fetchSigned()
    const { key, signedAt, local } = signed.signature
    const isKnown = key === state.key
    if (!isKnown && !(mayTrust && local && state.pinned.local)) return { kind: 'foreign-key', key, local }
    const newest = state.ready ?? state.pinned
    const build = knownBuild(signed)
    if (build.version === newest.version && isKnown) {
      return state.ready === undefined ? undefined : { kind: 'ready', version: newest.version }
    }
    if (isKnown && signedAt <= newest.signedAt) return { kind: 'older' }
    await this.#download(signed.build, build, state.pinned)
    await this.#write({ ...state, key, ready: build })
    return { kind: 'ready', version: build.version }
  }

  /** @throws {DamagedFile} @throws {TypeError} */
  async #fetchSigned(): Promise<SignedBuild> {
    const [described, signature] = await Promise.all([this.#fetch(buildPath), this.#fetch(signaturePath)])
    const opened = await openBuild(this.#ports.crypto, described, new TextDecoder().decode(signature))
    if (typeof opened === 'string') throw new DamagedFile()
    return opened
  }

  async #fetch(path: string): Promise<Uint8Array<ArrayBuffer>> {
    const reply = await this.#ports.fetch(path, { cache: 'no-store', redirect: 'error', credentials: 'omit' })
    if (reply.status === 404) throw new DamagedFile()
    if (!reply.ok) throw new TypeError('the gateway has no answer now')
    const bytes = new Uint8Array(await reply.arrayBuffer())
    if (bytes.length > maxBuildBytes) throw new DamagedFile()
    return bytes
  }

  /** All files or none: a cache that is not complete is deleted, and no state ever names it. */
  async #download({ files }: Build, build: KnownBuild, from: KnownBuild | undefined): Promise<void> {
    const { caches } = this.#ports
    const known = from === undefined ? undefined : await caches.open(cacheNameOf(from))
    const cache = await caches.open(cacheNameOf(build))
    try {
      for (const file of files) {
        const response = await takeFile(file, known, this.#ports)
        // Looked at, but never served from here: browsers fetch service workers themselves.
        if (file.path !== serviceWorkerPath) await cache.put(file.path, response)
      }
    } catch (error) {
      await caches.delete(cacheNameOf(build))
      throw error
    }
  }

  async #read(): Promise<KeptState | undefined> {
    this.#state ??= readState(this.#ports.caches)
    return this.#state
  }

  async #write(state: KeptState): Promise<void> {
    await writeState(this.#ports.caches, state)
    this.#state = Promise.resolve(state)
  }
}

function knownBuild({ build: { version }, signature: { signedAt, local } }: SignedBuild): KnownBuild {
  return { version, signedAt, local }
}

function isRefusal(notice: KeeperNotice | undefined): notice is UpdateRefusal {
  return notice !== undefined && ['foreign-key', 'older', 'damaged'].includes(notice.kind)
}
