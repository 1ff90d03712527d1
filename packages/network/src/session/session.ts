import { type NameRecord, type RegisteredName } from '@sotto/protocol/names'
import { type ServerDestination, type V4Request } from '@sotto/protocol/onion'
import { type MethodName, type MethodParams, type StoreParams } from '@sotto/protocol/storage'
import { type SwarmOwner } from '@sotto/protocol/swarm'
import { type NodeEntry } from '@sotto/registry'
import { NetworkError } from '../network-error.ts'
import { type PathView } from '../paths/path-view.ts'
import { SwarmWatch } from '../watch/swarm-watch.ts'
import { type Watch, type WatchOptions } from '../watch/watch-options.ts'
import { type Attempted, tryUntil } from './attempts.ts'
import { findSwarm, noSwarm } from './find-swarm.ts'
import { lookUpName } from './look-up-name.ts'
import { requestMember } from './request-member.ts'
import { requestServer } from './request-server.ts'
import { attemptPorts, begin } from './session-call.ts'
import { type SessionPorts, type SharedPorts } from './session-ports.ts'
import { storeMessage } from './store-message.ts'
import {
  type CallOptions,
  type MemberReply,
  type RequestOptions,
  type ServerOptions,
  type ServerReply,
  type StoreReceipt,
  type SwarmSession,
} from './swarm-session.ts'

/** One isolation class of one account. */
export class Session implements SwarmSession {
  readonly isolation: string
  readonly #ports: SessionPorts
  readonly #closing = new AbortController()
  readonly #watches = new Set<SwarmWatch>()
  readonly #onClose: () => void

  constructor(shared: SharedPorts, isolation: string, onClose: () => void) {
    this.isolation = isolation
    this.#onClose = onClose
    this.#ports = { ...shared, isolation, paths: shared.keeper.open(isolation), closed: this.#closing.signal }
  }

  async swarm(owner: SwarmOwner, options: CallOptions = {}): Promise<readonly NodeEntry[]> {
    const known = this.#ports.lookup.known(owner)
    if (known.length > 0) return known
    const limits = await begin(this.#ports, options)
    return tryUntil(attemptPorts(this.#ports), limits, async (context): Promise<Attempted<readonly NodeEntry[]>> => {
      const members = await findSwarm(this.#ports, owner, context)
      return members.length > 0 ? { kind: 'done', result: members } : { kind: 'again', error: noSwarm() }
    })
  }

  async request<M extends MethodName>(
    owner: SwarmOwner,
    method: M,
    build: (now: number) => MethodParams[M],
    options: RequestOptions = {},
  ): Promise<MemberReply<M>> {
    return requestMember(this.#ports, owner, method, build, options)
  }

  async store(
    owner: SwarmOwner,
    build: (now: number) => StoreParams,
    options: CallOptions = {},
  ): Promise<StoreReceipt> {
    return storeMessage(this.#ports, owner, build, options)
  }

  watch(options: WatchOptions): Watch {
    if (this.#closing.signal.aborted) throw new NetworkError('network.stopped')
    const watch = new SwarmWatch(this.#ports, options, () => this.#watches.delete(watch))
    this.#watches.add(watch)
    return watch
  }

  async toServer(server: ServerDestination, request: V4Request, options: ServerOptions = {}): Promise<ServerReply> {
    return requestServer(this.#ports, server, request, options)
  }

  async lookUpName(name: RegisteredName, options: CallOptions = {}): Promise<NameRecord | undefined> {
    return lookUpName(this.#ports, name, options)
  }

  path(): PathView | undefined {
    return this.#ports.paths.current?.view()
  }

  paths(): readonly PathView[] {
    return this.#ports.paths.paths.filter(({ isRetired }) => !isRetired).map(path => path.view())
  }

  onPathChange(listener: () => void): () => void {
    return this.#ports.keeper.changes.add(listener)
  }

  /** The list of nodes has changed. */
  noteList(): void {
    for (const watch of this.#watches) watch.noteList()
  }

  /** The device woke up. */
  poke(): void {
    for (const watch of this.#watches) watch.poke()
  }

  close(): void {
    if (this.#closing.signal.aborted) return
    this.#closing.abort()
    this.#onClose()
  }

  /** Closes, and ends when nothing runs any more. */
  async closed(): Promise<void> {
    const watches = [...this.#watches]
    this.close()
    await Promise.all(watches.map(async watch => watch.stop()))
  }
}
