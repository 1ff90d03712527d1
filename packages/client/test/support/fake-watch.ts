import { type NamespaceNews, type Watch, type WatchOptions, type WatchPlace, type WatchState } from '@sotto/network'
import { checkRequest, type Namespace, type RetrieveParams, type StoredMessage } from '@sotto/protocol/storage'
import { type NodeId, type SwarmOwner } from '@sotto/protocol/swarm'
import { type NodeEntry } from '@sotto/registry'
import { type ManualClock } from '@sotto/testing'
import { contextAt } from './check-context.ts'

const PAGE = 200

/** Called before the network does something; may throw to make it fail there. */
export type Step =
  | 'before-server'
  | 'after-server'
  | 'before-store'
  | 'after-store'
  | 'before-deliver'
  | 'after-deliver'

/** What a watch needs of the network. */
export interface WatchedNetwork {
  readonly clock: ManualClock
  readonly members: readonly NodeId[]
  box(owner: SwarmOwner, namespace: Namespace): { readonly messages: readonly StoredMessage[] }
  addWatch(watch: FakeWatch): void
  removeWatch(watch: FakeWatch): void
}

/** What a watch needs of the device that it runs on. */
export interface WatchedDevice {
  readonly network: WatchedNetwork
  readonly isOnline: boolean
  readonly onStep: (step: Step) => void
}

/** A watch over the fake network: asks one member after the other, and again whenever something is stored. */
export class FakeWatch implements Watch {
  readonly #device: WatchedDevice
  readonly #options: WatchOptions
  readonly #onStop: () => void
  readonly #running: Promise<void>
  #wake: () => void = () => undefined
  #isAwake = true
  #isStopped = false
  #turn = 0
  state: WatchState = { kind: 'connecting' }
  place: WatchPlace | undefined

  constructor(device: WatchedDevice, options: WatchOptions, onStop: () => void) {
    this.#device = device
    this.#options = options
    this.#onStop = onStop
    device.network.addWatch(this)
    this.#running = this.#run()
  }

  wake(): void {
    this.#isAwake = true
    this.#wake()
  }

  poke(): void {
    this.wake()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#device.network.removeWatch(this)
    this.#onStop()
    this.#wake()
    await this.#running
  }

  async #run(): Promise<void> {
    const { clock } = this.#device.network
    while (!this.#isStopped) {
      this.#isAwake = false
      try {
        await clock.sleep(5)
        if (!this.#isStopped && this.#device.isOnline && (await this.#ask())) this.#isAwake = true
        this.#say(this.#device.isOnline ? { kind: 'live' } : { kind: 'waiting', reason: 'network.unreachable' })
      } catch {
        this.#say({ kind: 'waiting', reason: 'network.bad-reply' })
        if (!this.#isStopped) await clock.sleep(1000)
        this.#isAwake = true
      }
      if (!this.#isAwake && !this.#isStopped) await new Promise<void>(resolve => (this.#wake = resolve))
    }
  }

  /** One member; whether there is more. Members take turns. */
  async #ask(): Promise<boolean> {
    const { members } = this.#device.network
    const member = members[this.#turn++ % members.length] ?? ('' as NodeId)
    this.place = { members: members.length, member: { ed25519: member, ip: '127.0.0.1' } as NodeEntry, path: undefined }
    this.#options.onPlace?.()
    const now = this.#device.network.clock.now()
    const asked = await this.#options.retrieves(member, now)
    const results = asked.map(params => this.#retrieve(params))
    if (this.#isStopped) return false
    this.#device.onStep('before-deliver')
    await this.#options.deliver({ member, results })
    this.#device.onStep('after-deliver')
    return results.some(({ more }) => more)
  }

  #retrieve(params: RetrieveParams): NamespaceNews {
    const { network } = this.#device
    checkRequest({ method: 'retrieve', params }, contextAt(network.clock.now()))
    const { messages } = network.box(params.owner, params.namespace)
    const after = messages.findIndex(({ hash }) => hash === params.lastHash)
    const reset = params.lastHash !== undefined && after < 0
    const news = messages.slice(after + 1, after + 1 + PAGE)
    const cursor = news.at(-1)?.hash
    const more = after + 1 + PAGE < messages.length
    return { namespace: params.namespace, messages: news, reset, more, ...(cursor === undefined ? {} : { cursor }) }
  }

  #say(state: WatchState): void {
    if (state.kind === this.state.kind || this.#isStopped) return
    this.state = state
    this.#options.onState?.(state)
  }
}
