import { type Accounts } from '../../accounts/accounts.ts'
import { type OpenAccount } from '../../accounts/open-account.ts'
import { type ClientApi } from '../../channel/client-api.ts'

/** An account that receives and sends. */
export interface RunningClient {
  readonly api: ClientApi
  poke(): void
  /** Ends in good order and locks the account. May be called twice. */
  stop(): Promise<void>
}

/** Where accounts live and run: a browser's worker, or a program such as `MessengerHome` in Node. */
export interface AccountHost {
  readonly accounts: Accounts
  /** Starts an open account; if it can't be started it stays open. Starting it twice is the same. */
  start(account: OpenAccount): Promise<RunningClient>
}
