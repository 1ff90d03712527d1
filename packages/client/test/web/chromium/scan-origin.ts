/** How many bytes and records were looked at, and where a secret was found. */
export interface OriginScan {
  readonly bytes: number
  readonly found: readonly string[]
}

/** Looks for bytes in every file and every record of the origin: what a thief of the profile would read. */
export async function scanOrigin(canaries: readonly Uint8Array[]): Promise<OriginScan> {
  const found: string[] = []
  let bytes = 0
  const look = (where: string, content: Uint8Array): void => {
    bytes += content.length
    if (canaries.some(canary => includes(content, canary))) found.push(where)
  }
  await scanFolder(await navigator.storage.getDirectory(), '', look)
  for (const { name = '' } of await indexedDB.databases()) {
    for (const record of await recordsOf(name)) look(`record of ${name}`, record)
  }
  return { bytes, found }
}

async function scanFolder(
  folder: FileSystemDirectoryHandle,
  path: string,
  look: (where: string, content: Uint8Array) => void,
): Promise<void> {
  for await (const [name, handle] of folder.entries()) {
    look(`name of ${path}/${name}`, new TextEncoder().encode(name))
    if (handle.kind === 'directory') await scanFolder(handle, `${path}/${name}`, look)
    else look(`${path}/${name}`, await contentOf(handle))
  }
}

async function contentOf(handle: FileSystemFileHandle): Promise<Uint8Array> {
  return new Uint8Array(await (await handle.getFile()).arrayBuffer())
}

/** Every record as text; a key of the browser's own shows nothing of itself there. */
async function recordsOf(name: string): Promise<readonly Uint8Array[]> {
  const database = await answer(indexedDB.open(name))
  const texts: Uint8Array[] = []
  for (const store of database.objectStoreNames) {
    for (const record of await answer(database.transaction(store).objectStore(store).getAll())) {
      texts.push(...bytesIn(record))
    }
  }
  database.close()
  return texts
}

function bytesIn(value: unknown): readonly Uint8Array[] {
  if (value instanceof Uint8Array) return [value]
  if (typeof value === 'string') return [new TextEncoder().encode(value)]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(bytesIn) : []
}

async function answer<T>(request: IDBRequest<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  request.onsuccess = () => resolve(request.result)
  request.onerror = () => reject(request.error ?? new Error('the request failed'))
  return promise
}

function includes(content: Uint8Array, wanted: Uint8Array): boolean {
  const [first = 0] = wanted
  for (let at = content.indexOf(first); at !== -1; at = content.indexOf(first, at + 1)) {
    if (wanted.every((byte, index) => content[at + index] === byte)) return true
  }
  return false
}
