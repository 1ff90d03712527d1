import { type AccountSlot } from '../../accounts/account-slot.ts'
import { type AskOptions, type ClientApi, type WatchListener } from '../../channel/client-api.ts'
import { TypedClient, type TypedListener } from '../../typed-client.ts'
import { type HomeCommands, type HomeListing, type HomeProtection, type OpenedAccount } from './home-calls.ts'
import { type HomeStatus } from './home-status.ts'

type Args<K extends keyof HomeCommands> = Parameters<HomeCommands[K]>[0]
type Result<K extends keyof HomeCommands> = ReturnType<HomeCommands[K]>

/** The accounts of a device as a page sees them, wherever they run. */
export class HomeClient {
  readonly #api: ClientApi

  constructor(api: ClientApi) {
    this.#api = api
  }

  /** Every account, in no particular order. */
  async list(): Promise<readonly HomeListing[]> {
    return (await this.#api.query('home.list', undefined)) as readonly HomeListing[]
  }

  /** Answers now and whenever an account comes, goes, opens or is locked; returns what ends it. */
  watchList(listener: TypedListener<readonly HomeListing[]>): () => void {
    return this.#api.watch('home.list', undefined, {
      onResult: value => listener.onResult(value as readonly HomeListing[]),
      onError: error => listener.onError?.(error),
    })
  }

  /** Tells now, and whenever it changes, how the way into the network is; returns what ends it. */
  watchStatus(listener: TypedListener<HomeStatus>): () => void {
    return this.#api.watch('home.status', undefined, {
      onResult: value => listener.onResult(value as HomeStatus),
      onError: error => listener.onError?.(error),
    })
  }

  /**
   * Makes an account and opens it. With `home.leader-changed` it is not known whether it was made.
   * @throws {RemoteError} `home.leader-changed`, those of `Accounts.create`, and those of starting it
   */
  async create(name: string, protection: HomeProtection = {}): Promise<OpenedAccount> {
    return this.#command('home.create', { ...protection, name, term: await this.#term() })
  }

  /** The same for one that has its 13 words, or the 32 hex digits of its seed. @throws {RemoteError} as `create` */
  async restore(words: string, protection: HomeProtection = {}): Promise<OpenedAccount> {
    return this.#command('home.restore', { ...protection, words, term: await this.#term() })
  }

  /** Opens an account; one that is open already stays so, if the passphrase is right or none is given. */
  async unlock(slot: AccountSlot, passphrase?: string): Promise<OpenedAccount> {
    return this.#command('home.unlock', { slot, passphrase })
  }

  /** Stops and locks an account, for all tabs. */
  async lock(slot: AccountSlot): Promise<void> {
    await this.#command('home.lock', { slot })
  }

  /** With `home.leader-changed` it is not known which passphrase is the right one. */
  async changePassphrase(slot: AccountSlot, current: string | undefined, next: string | undefined): Promise<void> {
    await this.#command('home.change-passphrase', { slot, current, next, term: await this.#term() })
  }

  async setHint(slot: AccountSlot, hint: string | undefined): Promise<void> {
    await this.#command('home.set-hint', { slot, hint })
  }

  /** Removes an account from this device, open or not. */
  async remove(slot: AccountSlot): Promise<void> {
    await this.#command('home.remove', { slot })
  }

  /**
   * Removes an account that is open from this device and everything of it from the network, or nothing at all.
   * @throws {RemoteError} `deletion.not-confirmed`, those of the network, `account.not-open`
   */
  async erase(slot: AccountSlot): Promise<void> {
    await this.#command('home.erase', { slot })
  }

  /** Forgets which network this is: the next start asks the gateway. Accounts stay. */
  async forgetNetwork(): Promise<void> {
    await this.#command('home.forget-network', undefined)
  }

  /** After sleep, or when the page is looked at again: whatever waits is tried at once. */
  async poke(): Promise<void> {
    await this.#command('home.poke', undefined)
  }

  /** What an account answers to while it is open; otherwise everything is `account.not-open`. */
  account(slot: AccountSlot): TypedClient {
    return new TypedClient(new AccountApi(this.#api, slot))
  }

  async #term(): Promise<string> {
    return String(await this.#api.query('home.term', undefined))
  }

  async #command<K extends keyof HomeCommands>(name: K, args: Args<K>): Promise<Result<K>> {
    return (await this.#api.command(name, args)) as Result<K>
  }
}

/** One account's calls, inside those of its home. */
class AccountApi implements ClientApi {
  readonly #home: ClientApi
  readonly #slot: AccountSlot

  constructor(home: ClientApi, slot: AccountSlot) {
    this.#home = home
    this.#slot = slot
  }

  async command(name: string, args: unknown, options?: AskOptions): Promise<unknown> {
    return this.#home.command('home.command', { slot: this.#slot, name, args }, options)
  }

  async query(name: string, args: unknown, options?: AskOptions): Promise<unknown> {
    return this.#home.query('home.query', { slot: this.#slot, name, args }, options)
  }

  watch(name: string, args: unknown, listener: WatchListener): () => void {
    return this.#home.watch('home.query', { slot: this.#slot, name, args }, listener)
  }
}
