import { type AccountSlot } from '../../accounts/account-slot.ts'

/** The public part of an account, and whether its database was set aside. */
export interface AccountHeader {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly damaged: boolean
}

const stores = ['headers', 'keys'] as const
type StoreName = (typeof stores)[number]

/** Small records beside the databases, in IndexedDB: a header and perhaps a wrapping key for each account. */
export class AccountRecords {
  readonly #database: IDBDatabase

  private constructor(database: IDBDatabase) {
    this.#database = database
  }

  /** Opens the records of this name. Rejects with what the browser throws. */
  static async open(name: string): Promise<AccountRecords> {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => {
      for (const store of stores) request.result.createObjectStore(store)
    }
    return new AccountRecords(await answerOf(request))
  }

  async slots(): Promise<readonly IDBValidKey[]> {
    return this.#read('headers', store => store.getAllKeys())
  }

  async header(slot: AccountSlot): Promise<AccountHeader | undefined> {
    return (await this.#read('headers', store => store.get(slot))) as AccountHeader | undefined
  }

  async putHeader(slot: AccountSlot, header: AccountHeader): Promise<void> {
    await this.#write('headers', store => store.put(header, slot))
  }

  async key(slot: AccountSlot): Promise<CryptoKey | undefined> {
    return (await this.#read('keys', store => store.get(slot))) as CryptoKey | undefined
  }

  async putKey(slot: AccountSlot, key: CryptoKey): Promise<void> {
    await this.#write('keys', store => store.put(key, slot))
  }

  async deleteKey(slot: AccountSlot): Promise<void> {
    await this.#write('keys', store => store.delete(slot))
  }

  /** Zeros first: how soon the browser drops what was there before is its own business. */
  async deleteHeader(slot: AccountSlot): Promise<void> {
    const before = await this.header(slot)
    if (before === undefined) return
    await this.putHeader(slot, { ...before, bytes: new Uint8Array(before.bytes.length) })
    await this.#write('headers', store => store.delete(slot))
  }

  close(): void {
    this.#database.close()
  }

  async #read<T>(name: StoreName, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    return answerOf(ask(this.#database.transaction(name).objectStore(name)))
  }

  async #write(name: StoreName, ask: (store: IDBObjectStore) => IDBRequest): Promise<void> {
    const transaction = this.#database.transaction(name, 'readwrite', { durability: 'strict' })
    ask(transaction.objectStore(name))
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was aborted'))
    await promise
  }
}

async function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  request.onsuccess = () => resolve(request.result)
  request.onerror = () => reject(request.error ?? new Error('the request failed'))
  return promise
}
