import { type DatabaseFiles, type SyncFile } from '../sqlite/sync-file.ts'
import { webClock } from '../system/web-clock.ts'

/** How long handles of a tab that has just died may linger. */
const patienceMs = 2000
const pauseMs = 50

/** The name of the database file; the log and the journal have it with an ending. */
export const databaseName = 'messages.db'

/** Opens the files of a database in a folder of the origin's private file system, or makes them. A dedicated worker can. */
export async function openDatabaseFiles(folder: FileSystemDirectoryHandle): Promise<DatabaseFiles> {
  const opened: SyncFile[] = []
  try {
    const open = async (name: string): Promise<SyncFile> => {
      const file = await openFile(folder, name)
      opened.push(file)
      return file
    }
    const main = await open(databaseName)
    return { main, log: await open(`${databaseName}-wal`), journal: await open(`${databaseName}-journal`) }
  } catch (error) {
    for (const file of opened) file.close()
    throw error
  }
}

async function openFile(folder: FileSystemDirectoryHandle, name: string): Promise<SyncFile> {
  const handle = await folder.getFileHandle(name, { create: true })
  const end = webClock.monotonic() + patienceMs
  for (;;) {
    try {
      return await handle.createSyncAccessHandle()
    } catch (error) {
      const held = error instanceof DOMException && error.name === 'NoModificationAllowedError'
      if (!held || webClock.monotonic() >= end) throw error
    }
    await webClock.sleep(pauseMs)
  }
}
