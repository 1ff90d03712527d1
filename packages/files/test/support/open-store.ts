import { join } from 'node:path'
import { systemRandom } from '@sotto/server'
import { Incoming } from '../../src/incoming/incoming.ts'
import { FileRecords } from '../../src/records/file-records.ts'
import { type FileSystem, systemFileSystem } from '../../src/storage/file-system.ts'
import { FolderStorage } from '../../src/storage/folder-storage.ts'
import { FileStore } from '../../src/store/file-store.ts'
import { Room } from '../../src/store/room.ts'
import { writerThread } from './keep-thread.ts'
import { limitsWith, realClock } from './test-server.ts'

/** The parts of a server that keep files, without its ports. */
export interface OpenStore {
  readonly store: FileStore
  readonly records: FileRecords
  readonly storage: FolderStorage
  readonly incoming: Incoming
  readonly room: Room
}

/** What may be put in between. */
export interface OpenStoreOptions {
  readonly fs?: FileSystem
  readonly change?: (records: FileRecords) => FileRecords
}

/** Opens what a folder holds. */
export async function openStore(
  folder: string,
  { fs = systemFileSystem, change = records => records }: OpenStoreOptions = {},
): Promise<OpenStore> {
  const incoming = new Incoming(join(folder, 'incoming'), { fs, random: systemRandom })
  await incoming.start()
  const records = await FileRecords.open({ path: join(folder, 'files.db'), thread: writerThread })
  const storage = new FolderStorage(join(folder, 'files'), fs)
  const { keeping } = limitsWith()
  const room = new Room({ folder, fs, ...keeping })
  room.add(records.totals().bytes)
  const numeric = { fixedBits: 0, prefix: 0 }
  const ports = { clock: realClock, random: systemRandom }
  const store = new FileStore({ records: change(records), storage, incoming, room, limits: keeping, numeric, ...ports })
  return { store, records, storage, incoming, room }
}
