/** Room for this origin's data, in bytes; the browser's guess. */
export interface StorageRoom {
  readonly usedBytes: number
  readonly quotaBytes: number
}

/** The part of `navigator.storage` that is used here. Only a page's can ask for persistence. */
export interface BrowserStorage {
  persisted(): Promise<boolean>
  persist(): Promise<boolean>
  estimate(): Promise<{ usage?: number; quota?: number }>
}

/** Asks the browser, from a page, not to evict this origin's data. Whether it agreed; accounts work either way. */
export async function keepStorage(storage: BrowserStorage): Promise<boolean> {
  return (await storage.persisted()) || storage.persist()
}

/** How much is used and how much there may be. */
export async function storageRoom(storage: Pick<BrowserStorage, 'estimate'>): Promise<StorageRoom> {
  const { usage = 0, quota = 0 } = await storage.estimate()
  return { usedBytes: usage, quotaBytes: quota }
}
