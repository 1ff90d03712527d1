import { type RandomBytes } from '@sotto/protocol/crypto'
import { encodeHex } from '@sotto/protocol/encoding'
import { type Clock } from '@sotto/network'
import { type ExclusiveLock } from '../../accounts/account-files.ts'
import { type ClientApi } from '../../channel/client-api.ts'
import { RemoteApi } from '../../channel/remote-api.ts'
import { serveApi } from '../../channel/serve-api.ts'
import { SwitchingApi } from '../../channel/switching-api.ts'
import { waitForWebLock } from '../files/web-lock.ts'
import { TabChannel } from './tab-channel.ts'
import { parseTabMessage, type TabId, type TabMessage } from './tab-messages.ts'
import { type TabRole } from './tab-role.ts'

/** A messenger core that runs in this tab. */
export interface LedCore {
  readonly api: ClientApi
  stop(): Promise<void>
}

/** What a tab brings to its group. */
export interface TabGroupOptions {
  /** Tabs of one name have one core between them. */
  readonly name: string
  readonly clock: Pick<Clock, 'sleep'>
  readonly random: RandomBytes
  /** Starts the core here; called once, when this tab is the one to lead. It may wait for a person until the signal aborts. */
  readonly lead: (signal: AbortSignal) => Promise<LedCore>
  readonly onRole?: (role: TabRole) => void
  /** The core could not be started here: another tab tries, this one follows. */
  readonly onFailure?: (error: unknown) => void
}

/**
 * One tab of an origin has the databases open; the others ask it. Web Locks decide which, and tell when a tab is gone, also one
 * that crashed. What was asked of a leader that died is asked of the next one, see `SwitchingApi`.
 */
export class TabGroup {
  /** Asks whichever tab leads. */
  readonly api: SwitchingApi
  readonly #options: TabGroupOptions
  readonly #id: TabId
  readonly #broadcast: BroadcastChannel
  readonly #stop = new AbortController()
  /** Of this tab's followers, by tab and session, while it leads. */
  readonly #followers = new Map<string, TabChannel>()
  #leading: LedCore | undefined
  #leaderLock: ExclusiveLock | undefined
  #ownLock: ExclusiveLock | undefined
  #toLeader: { readonly leader: TabId; readonly channel: TabChannel; readonly api: RemoteApi } | undefined
  #session = 0
  #campaigning: Promise<void> = Promise.resolve()

  private constructor(options: TabGroupOptions) {
    this.#options = options
    this.api = new SwitchingApi({ clock: options.clock })
    this.#id = encodeHex(options.random(16))
    this.#broadcast = new BroadcastChannel(options.name)
  }

  /** Joins the group: `api` works as soon as some tab leads. */
  static async join(options: TabGroupOptions): Promise<TabGroup> {
    const group = new TabGroup(options)
    group.#ownLock = await waitForWebLock(group.#tabLock(group.#id), group.#stop.signal)
    group.#broadcast.addEventListener('message', ({ data }: MessageEvent<unknown>) =>
      group.#take(parseTabMessage(data)),
    )
    options.onRole?.('waiting')
    group.#post({ kind: 'who-leads' })
    group.#campaigning = group.#campaign()
    return group
  }

  /** Leaves the group; another tab leads then. */
  async leave(): Promise<void> {
    this.#stop.abort()
    await this.#campaigning
    this.#unfollow()
    this.api.use(undefined)
    for (const channel of this.#followers.values()) channel.close()
    this.#followers.clear()
    await this.#leading?.stop()
    this.#leading = undefined
    this.#broadcast.close()
    await this.#leaderLock?.release()
    await this.#ownLock?.release()
  }

  /** Waits until it is this tab's turn, for as long as it takes. */
  async #campaign(): Promise<void> {
    const { signal } = this.#stop
    try {
      const lock = await waitForWebLock(`${this.#options.name}/leader`, signal)
      this.#leaderLock = lock
      await this.#lead()
    } catch (error) {
      if (signal.aborted) return
      await this.#leaderLock?.release()
      this.#options.onFailure?.(error)
      this.#post({ kind: 'who-leads' })
    }
  }

  async #lead(): Promise<void> {
    this.#unfollow()
    const core = await this.#options.lead(this.#stop.signal)
    if (this.#stop.signal.aborted) return core.stop()
    this.#leading = core
    this.api.use(core.api)
    this.#options.onRole?.('leading')
    this.#post({ kind: 'leads', leader: this.#id })
    return undefined
  }

  #take(message: TabMessage | undefined): void {
    if (message === undefined) return
    if (message.kind === 'who-leads') {
      if (this.#leading !== undefined) this.#post({ kind: 'leads', leader: this.#id })
    } else if (message.kind === 'leads') {
      this.#follow(message.leader)
    } else if (message.to === this.#id) {
      this.#takeFor(message)
    }
  }

  #takeFor(message: Exclude<TabMessage, { kind: 'who-leads' | 'leads' }>): void {
    if (message.kind === 'open') return this.#serve(message.from, message.session)
    const channel = this.#channelOf(message.from, message.session)
    if (message.kind === 'frame') channel?.take(message.frame)
    else this.#closed(message.from, message.session, channel)
  }

  #closed(from: TabId, session: number, channel: TabChannel | undefined): void {
    this.#followers.delete(`${from} ${session}`)
    channel?.end()
  }

  #channelOf(from: TabId, session: number): TabChannel | undefined {
    if (this.#toLeader?.leader === from && session === this.#session) return this.#toLeader.channel
    return this.#followers.get(`${from} ${session}`)
  }

  #follow(leader: TabId): void {
    if (this.#leading !== undefined || this.#toLeader?.leader === leader) return
    this.#unfollow()
    this.#session += 1
    const channel = new TabChannel({ from: this.#id, to: leader, session: this.#session }, each => this.#post(each))
    this.#post({ kind: 'open', from: this.#id, to: leader, session: this.#session })
    const api = new RemoteApi(channel, { clock: this.#options.clock })
    this.#toLeader = { leader, channel, api }
    this.api.use(api)
    this.#options.onRole?.('following')
  }

  #unfollow(): void {
    const before = this.#toLeader
    if (before === undefined) return
    this.#toLeader = undefined
    this.api.use(undefined)
    this.#options.onRole?.('waiting')
    before.api.close()
  }

  #serve(from: TabId, session: number): void {
    const key = `${from} ${session}`
    if (this.#leading === undefined || this.#followers.has(key)) return
    const channel = new TabChannel({ from: this.#id, to: from, session }, each => this.#post(each))
    this.#followers.set(key, channel)
    serveApi(channel, this.#leading.api)
    void this.#closeWhenGone(from, key, channel)
  }

  /** A tab holds its own lock as long as it lives: whoever gets that lock knows. */
  async #closeWhenGone(from: TabId, key: string, channel: TabChannel): Promise<void> {
    const lock = await waitForWebLock(this.#tabLock(from), this.#stop.signal).catch(() => undefined)
    channel.end()
    this.#followers.delete(key)
    await lock?.release()
  }

  #tabLock(id: TabId): string {
    return `${this.#options.name}/tab/${id}`
  }

  #post(message: TabMessage): void {
    if (!this.#stop.signal.aborted || message.kind === 'close') this.#broadcast.postMessage(message)
  }
}
