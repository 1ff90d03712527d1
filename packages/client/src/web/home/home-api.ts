import { type RandomBytes } from '@sotto/protocol/crypto'
import { encodeHex, utf8Encode } from '@sotto/protocol/encoding'
import { type AccountSlot, parseAccountSlot } from '../../accounts/account-slot.ts'
import { AccountsError } from '../../accounts/accounts-error.ts'
import { type Protection } from '../../accounts/accounts.ts'
import { type OpenAccount } from '../../accounts/open-account.ts'
import { type AskOptions, type ClientApi, type WatchListener } from '../../channel/client-api.ts'
import { Arguments } from '../../engine/arguments.ts'
import { ClientError } from '../../engine/client-error.ts'
import { type AccountHost, type RunningClient } from './account-host.ts'
import { type HomeCommands, type HomeListing, type HomeQueries, type OpenedAccount } from './home-calls.ts'
import { HomeError } from './home-error.ts'
import { type HomeStatus } from './home-status.ts'

interface Running {
  readonly account: OpenAccount
  readonly client: RunningClient
  /** Told when it is locked. */
  readonly watchers: Set<WatchListener>
}

/** Bounds of texts, in characters; what they mean has its own. */
const maxText = 2000

type Handler = (args: unknown, options: AskOptions) => Promise<unknown>

interface CallTo {
  readonly slot: AccountSlot
  readonly name: string
  readonly args: unknown
}

/** The accounts of a device, and everything that the open ones answer to, by name: see `HomeCommands` and `HomeQueries`. */
export class HomeApi implements ClientApi {
  readonly #host: AccountHost
  readonly #onProblem: (problem: unknown) => void
  readonly #term: string
  readonly #running = new Map<AccountSlot, Running>()
  readonly #listWatchers = new Set<() => void>()
  readonly #commands: ReadonlyMap<string, Handler>
  readonly #queries: ReadonlyMap<string, Handler>
  /** Accounts are opened and closed one after another. */
  #work: Promise<unknown> = Promise.resolve()

  constructor(host: AccountHost, random: RandomBytes, onProblem: (problem: unknown) => void = () => undefined) {
    this.#host = host
    this.#onProblem = onProblem
    this.#term = encodeHex(random(16))
    const commands: Readonly<Record<keyof HomeCommands, Handler>> = {
      'home.create': async raw => this.#create(new Arguments(raw)),
      'home.restore': async raw => this.#restore(new Arguments(raw)),
      'home.unlock': async raw => {
        const args = new Arguments(raw)
        return this.#unlock(slotIn(args), secretIn(args, 'passphrase'))
      },
      'home.lock': async raw => this.#lock(slotIn(new Arguments(raw))),
      'home.change-passphrase': async raw => this.#changePassphrase(new Arguments(raw)),
      'home.set-hint': async raw => this.#setHint(new Arguments(raw)),
      'home.remove': async raw => this.#remove(slotIn(new Arguments(raw))),
      'home.erase': async (raw, options) => this.#erase(slotIn(new Arguments(raw)), options),
      'home.forget-network': async () => this.#host.forgetNetwork(),
      'home.poke': async () => this.poke(),
      'home.command': async (args, options) => {
        const { slot, name, args: inner } = callIn(args)
        return this.#require(slot).client.api.command(name, inner, options)
      },
    }
    const queries: Readonly<Record<keyof HomeQueries, Handler>> = {
      'home.list': async () => this.#list(),
      'home.status': async () => this.#status(),
      'home.term': async () => this.#term,
      'home.query': async (args, options) => {
        const { slot, name, args: inner } = callIn(args)
        return this.#require(slot).client.api.query(name, inner, options)
      },
    }
    this.#commands = new Map(Object.entries(commands))
    this.#queries = new Map(Object.entries(queries))
  }

  /** Opens every account that opens without a passphrase. What can't be opened is reported and stays locked. */
  async openUnprotected(): Promise<void> {
    for (const { slot, state, protection } of await this.#host.accounts.list()) {
      if (state !== 'whole' || protection !== 'device') continue
      await this.#unlock(slot, undefined).catch(this.#onProblem)
    }
  }

  /**
   * @throws {ClientError} `client.unknown-command`, `client.bad-arguments`
   * @throws {AccountsError} `account.not-open`, and those of `Accounts`
   * @throws {HomeError} and whatever the account answers with
   */
  async command(name: string, args: unknown, options: AskOptions = {}): Promise<unknown> {
    const handler = this.#commands.get(name)
    if (handler === undefined) throw new ClientError('client.unknown-command')
    return handler(args, options)
  }

  /** @throws {ClientError} `client.unknown-query`; otherwise as `command` */
  async query(name: string, args: unknown, options: AskOptions = {}): Promise<unknown> {
    const handler = this.#queries.get(name)
    if (handler === undefined) throw new ClientError('client.unknown-query')
    return handler(args, options)
  }

  /** Watches of an account end with `account.not-open` when it is locked. */
  watch(name: string, args: unknown, listener: WatchListener): () => void {
    if (name === 'home.list') return this.#watchList(listener)
    if (name === 'home.status') return this.#watchStatus(listener)
    try {
      if (name !== 'home.query') throw new ClientError('client.unknown-query')
      return this.#watchAccount(callIn(args), listener)
    } catch (error) {
      listener.onError?.(error)
      return () => {}
    }
  }

  /** After sleep, or when the network is back. */
  poke(): void {
    for (const { account, client } of this.#running.values()) if (!account.isLocked) client.poke()
  }

  /** Stops and locks every account. */
  async stop(): Promise<void> {
    for (const slot of this.#running.keys()) await this.#lock(slot)
  }

  async #create(args: Arguments): Promise<OpenedAccount> {
    this.#requireTerm(args)
    const name = args.text('name', maxText)
    return this.#make(protection => this.#host.accounts.create(name, protection), protectionIn(args))
  }

  async #restore(args: Arguments): Promise<OpenedAccount> {
    this.#requireTerm(args)
    const words = args.text('words', maxText)
    return this.#make(protection => this.#host.accounts.restore(words, protection), protectionIn(args))
  }

  /** An account that can't be started is not kept: nothing is lost with it, and who tries again does not have two. */
  async #make(make: (protection: Protection) => Promise<OpenAccount>, protection: Protection): Promise<OpenedAccount> {
    return this.#inTurn(async () => {
      const account = await make(protection)
      try {
        return await this.#start(account)
      } catch (error) {
        await this.#host.accounts.remove(account.slot)
        throw error
      }
    })
  }

  async #unlock(slot: AccountSlot, passphrase: Uint8Array | undefined): Promise<OpenedAccount> {
    return this.#inTurn(async () => {
      const { accounts } = this.#host
      const open = accounts.opened(slot)
      if (open === undefined) return this.#start(await accounts.unlock(slot, passphrase))
      // Another tab has it open. A passphrase is not taken for right because of that.
      const isRight = passphrase === undefined || (await accounts.verify(slot, passphrase))
      if (!isRight) throw new AccountsError('account.wrong-passphrase')
      return this.#start(open)
    })
  }

  async #start(account: OpenAccount): Promise<OpenedAccount> {
    const { slot, accountId } = account
    try {
      const client = await this.#host.start(account)
      const watchers = this.#running.get(slot)?.watchers ?? new Set()
      this.#running.set(slot, { account, client, watchers })
    } catch (error) {
      await this.#host.accounts.lock(slot)
      throw error
    }
    this.#listChanged()
    return { slot, accountId }
  }

  async #lock(slot: AccountSlot): Promise<void> {
    await this.#inTurn(async () => this.#stopAccount(slot))
  }

  async #stopAccount(slot: AccountSlot): Promise<void> {
    const running = this.#running.get(slot)
    this.#running.delete(slot)
    try {
      await running?.client.stop()
      await this.#host.accounts.lock(slot)
    } finally {
      for (const watcher of running?.watchers ?? []) watcher.onError?.(new AccountsError('account.not-open'))
      this.#listChanged()
    }
  }

  async #changePassphrase(args: Arguments): Promise<void> {
    this.#requireTerm(args)
    const slot = slotIn(args)
    const [current, next] = [secretIn(args, 'current'), secretIn(args, 'next')]
    await this.#inTurn(async () => this.#host.accounts.changePassphrase(slot, current, next))
    this.#listChanged()
  }

  async #setHint(args: Arguments): Promise<void> {
    const slot = slotIn(args)
    const hint = args.optional('hint', each => each.text('hint', maxText))
    await this.#inTurn(async () => this.#host.accounts.setHint(slot, hint))
    this.#listChanged()
  }

  async #remove(slot: AccountSlot): Promise<void> {
    await this.#inTurn(async () => {
      await this.#stopAccount(slot)
      await this.#host.accounts.remove(slot)
    })
    this.#listChanged()
  }

  /** The network first: without its word nothing goes here, so that one can try again. */
  async #erase(slot: AccountSlot, options: AskOptions): Promise<void> {
    await this.#require(slot).client.api.command('deletion.erase-from-network', undefined, options)
    await this.#remove(slot)
  }

  async #list(): Promise<readonly HomeListing[]> {
    const listings = await this.#host.accounts.list()
    return listings.map(each => {
      const open = this.#running.get(each.slot)?.account
      return { ...each, accountId: open?.isLocked === false ? open.accountId : undefined }
    })
  }

  /** Whoever follows says so itself: see `WorkerApi`. */
  #status(): HomeStatus {
    return { ...this.#host.status, role: 'leads' }
  }

  #watchStatus(listener: WatchListener): () => void {
    listener.onResult(this.#status())
    return this.#host.onStatus(() => listener.onResult(this.#status()))
  }

  #watchList(listener: WatchListener): () => void {
    let asked = 0
    const ask = (): void => {
      asked += 1
      void tell(asked)
    }
    const tell = async (own: number): Promise<void> => {
      try {
        const list = await this.#list()
        if (own === asked && this.#listWatchers.has(ask)) listener.onResult(list)
      } catch (error) {
        if (this.#listWatchers.delete(ask)) listener.onError?.(error)
      }
    }
    this.#listWatchers.add(ask)
    ask()
    return () => void this.#listWatchers.delete(ask)
  }

  #watchAccount({ slot, name, args }: CallTo, listener: WatchListener): () => void {
    const { client, watchers } = this.#require(slot)
    const stop = client.api.watch(name, args, listener)
    watchers.add(listener)
    return () => {
      watchers.delete(listener)
      stop()
    }
  }

  #listChanged(): void {
    for (const ask of this.#listWatchers) ask()
  }

  #require(slot: AccountSlot): Running {
    const running = this.#running.get(slot)
    if (running === undefined || running.account.isLocked) throw new AccountsError('account.not-open')
    return running
  }

  #requireTerm(args: Arguments): void {
    if (args.text('term', 64) !== this.#term) throw new HomeError('home.leader-changed')
  }

  async #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const done = this.#work.then(run)
    this.#work = done.catch(() => undefined)
    return done
  }
}

function slotIn(args: Arguments): AccountSlot {
  return parseAccountSlot(args.text('slot', 64))
}

/** The arguments of the call inside are for its callee to look at. */
function callIn(raw: unknown): CallTo {
  const args = new Arguments(raw)
  const inner: unknown = typeof raw === 'object' && raw !== null ? Reflect.get(raw, 'args') : undefined
  return { slot: slotIn(args), name: args.text('name', 64), args: inner }
}

function secretIn(args: Arguments, name: string): Uint8Array | undefined {
  return args.optional(name, each => utf8Encode(each.text(name, maxText)))
}

function protectionIn(args: Arguments): Protection {
  const passphrase = secretIn(args, 'passphrase')
  const hint = args.optional('hint', each => each.text('hint', maxText))
  return { ...(passphrase === undefined ? {} : { passphrase }), ...(hint === undefined ? {} : { hint }) }
}
