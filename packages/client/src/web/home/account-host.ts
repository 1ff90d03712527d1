import { type Accounts } from '../../accounts/accounts.ts'
import { type OpenAccount } from '../../accounts/open-account.ts'
import { type ClientApi } from '../../channel/client-api.ts'
import { type NetworkStatus } from './home-status.ts'

/** An account that receives and sends. */
export interface RunningClient {
  readonly api: ClientApi
  poke(): void
  /** Ends in good order and locks the account. May be called twice. */
  stop(): Promise<void>
}

/** Where accounts live and run: a browser's worker. */
export interface AccountHost {
  readonly accounts: Accounts
  /** Starts an open account; if it can't be started it stays open. Starting it twice is the same. */
  start(account: OpenAccount): Promise<RunningClient>
  readonly status: NetworkStatus
  /** Calls back when `status` has changed; returns what ends that. */
  onStatus(listener: () => void): () => void
  /** Forgets who the nodes are and whom to believe about it: the next start asks anew. Accounts stay. */
  forgetNetwork(): Promise<void>
}
