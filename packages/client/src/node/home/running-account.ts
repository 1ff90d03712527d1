import { type AccountId } from '@sotto/protocol/account'
import { type AccountSlot } from '../../accounts/account-slot.ts'
import { type OpenAccount } from '../../accounts/open-account.ts'
import { followArrivals, type OnArrival } from '../../arrivals/follow-arrivals.ts'
import { type MessengerClient } from '../../engine/messenger-client.ts'
import { TypedClient } from '../../typed-client.ts'
import { type AccountServer } from '../channel/account-server.ts'

/** What belongs to an account while it runs. */
export interface RunningAccountParts {
  readonly account: OpenAccount
  readonly client: MessengerClient
  readonly server: AccountServer
}

/** An account that receives and sends, in this process. */
export class RunningAccount {
  /** Its commands and queries. */
  readonly client: TypedClient
  readonly accountId: AccountId
  readonly slot: AccountSlot
  readonly #parts: RunningAccountParts
  readonly #stopped = new AbortController()
  #stopping: Promise<void> | undefined

  constructor(parts: RunningAccountParts) {
    this.#parts = parts
    this.client = new TypedClient(parts.client)
    this.accountId = parts.account.accountId
    this.slot = parts.account.slot
  }

  get isStopped(): boolean {
    return this.#stopping !== undefined
  }

  /** Aborts when the account is stopped and locked, by whomever. */
  get stopped(): AbortSignal {
    return this.#stopped.signal
  }

  /** The same by name, for passing on. */
  get api(): MessengerClient {
    return this.#parts.client
  }

  /**
   * Calls back with each message from others, once: `onArrival` is told of the next one when it is done with the last, and that is
   * kept across restarts under the name of the reader. Rejects with what `onArrival` throws; resolves when the account is stopped.
   */
  async follow(reader: string, onArrival: OnArrival): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const stop = followArrivals(this.client, reader, onArrival, reject)
    this.stopped.addEventListener('abort', () => resolve(), { once: true })
    if (this.stopped.aborted) resolve()
    try {
      await promise
    } finally {
      stop()
    }
  }

  /** After sleep or a change of the network: whatever waits is tried at once. */
  poke(): void {
    this.#parts.client.poke()
  }

  /** Ends in good order and locks the account. What was not sent yet goes out the next time. May be called twice. */
  async stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    await this.#stopping
  }

  async #stop(): Promise<void> {
    const { account, client, server } = this.#parts
    try {
      await server.stop()
      await client.stop()
    } finally {
      await account.lock()
      this.#stopped.abort()
    }
  }
}
