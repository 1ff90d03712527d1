import { MessengerClient, type MessengerOptions } from './engine/messenger-client.ts'
import { features } from './features.ts'
import { type SqlDatabase } from './store/sql.ts'
import { Store } from './store/store.ts'

/** What a messenger is made of: the open database of an account in place of a store. */
export type OpenMessengerOptions = Omit<MessengerOptions, 'store' | 'features'> & {
  /** Of an account that is open. It belongs to the client from now on, which closes it. */
  readonly database: SqlDatabase
}

/**
 * A messenger with all its features on the database of an account. Nothing runs yet: see `start`.
 * @throws {StoreError} `store.newer-schema`, `store.broken-schema`
 * @throws {ClientError} `client.no-account`
 */
export function openMessenger({ database, ...options }: OpenMessengerOptions): MessengerClient {
  const store = Store.open(database, options.clock.now())
  return new MessengerClient({ ...options, store, features })
}
