const key = 'sotto-had-accounts'

/** The part of a browser's storage that is used. */
export type MarkStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/**
 * Remembers beside the accounts that there are some: if they are gone and the mark is not, the browser removed them. It says
 * nothing else.
 */
export class AccountsMark {
  readonly #storage: () => MarkStorage

  /** `storage` may throw, where a browser allows none. */
  constructor(storage: () => MarkStorage) {
    this.#storage = storage
  }

  /** There are accounts. */
  set(): void {
    this.#try(storage => storage.setItem(key, '1'))
  }

  /** The last one was removed on purpose, or its loss is known. */
  clear(): void {
    this.#try(storage => storage.removeItem(key))
  }

  /** Whether there were accounts when the mark was last touched. */
  get isSet(): boolean {
    return this.#try(storage => storage.getItem(key)) === '1'
  }

  #try<T>(work: (storage: MarkStorage) => T): T | undefined {
    try {
      return work(this.#storage())
    } catch {
      return undefined
    }
  }
}

/** The mark of this browser. */
export const accountsMark = new AccountsMark(() => localStorage)
