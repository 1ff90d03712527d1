/** Room for this origin's data, in bytes; the browser's guess. */
export interface StorageRoom {
  readonly usedBytes: number
  readonly quotaBytes: number
}

/** The part of a page's `navigator.storage` that is used here: workers can't ask for persistence. */
export interface PersistentStorage {
  persisted(): Promise<boolean>
  persist(): Promise<boolean>
}

/** Asks the browser, from a page, not to evict this origin's data. Whether it agreed; accounts work either way. */
export async function keepStorage(storage: PersistentStorage): Promise<boolean> {
  return (await storage.persisted()) || storage.persist()
}

/** How much is used and how much there may be. */
export async function storageRoom(): Promise<StorageRoom> {
  const { usage = 0, quota = 0 } = await navigator.storage.estimate()
  return { usedBytes: usage, quotaBytes: quota }
}
