import { withAccountsErrors } from '../files/storage-failure.ts'

const store = 'records'

/** A few byte strings by name, in IndexedDB: what a home knows besides its accounts. */
export class SmallRecords {
  readonly #database: IDBDatabase

  private constructor(database: IDBDatabase) {
    this.#database = database
  }

  /** @throws {AccountsError} `accounts.storage-failed` */
  static async open(name: string): Promise<SmallRecords> {
    return withAccountsErrors(async () => {
      const request = indexedDB.open(name, 1)
      request.onupgradeneeded = () => void request.result.createObjectStore(store)
      return new SmallRecords(await answerOf(request))
    })
  }

  /** What was kept under the name last; what is no byte string counts as nothing. */
  async load(name: string): Promise<Uint8Array | undefined> {
    return withAccountsErrors(async () => {
      const value: unknown = await answerOf(this.#database.transaction(store).objectStore(store).get(name))
      return value instanceof Uint8Array ? value : undefined
    })
  }

  /** @throws {AccountsError} `accounts.storage-failed`, `accounts.storage-full` */
  async save(name: string, bytes: Uint8Array): Promise<void> {
    await this.#write(records => void records.put(Uint8Array.from(bytes), name))
  }

  /** Forgets everything. @throws {AccountsError} `accounts.storage-failed` */
  async clear(): Promise<void> {
    await this.#write(records => void records.clear())
  }

  close(): void {
    this.#database.close()
  }

  async #write(run: (records: IDBObjectStore) => void): Promise<void> {
    await withAccountsErrors(async () => {
      const transaction = this.#database.transaction(store, 'readwrite')
      run(transaction.objectStore(store))
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was aborted'))
      await promise
    })
  }
}

async function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  request.onsuccess = () => resolve(request.result)
  request.onerror = () => reject(request.error ?? new Error('the request failed'))
  return promise
}
