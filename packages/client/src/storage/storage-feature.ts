import { freeRoom } from '../attachments/room.ts'
import { command, type CommandTable, noArguments, query, type QueryTable } from '../engine/calls.ts'
import { type Feature } from '../engine/feature.ts'
import { filesOf, type StorageUsage, storageUsage } from './storage-usage.ts'

/** What became of the files of a conversation. */
export interface FreedRoom {
  readonly freedBytes: number
  /** Of files that no server has any more, or not for much longer: they are nowhere else. */
  readonly keptBytes: number
}

/** What is done about the room that an account takes up. */
export interface StorageCommands {
  /** Removes the files of a conversation that can be fetched again from this device; their messages stay, and offer to fetch them. */
  'storage.free-files'(args: { conversation: string }): FreedRoom
}

/** What is asked about the room that an account takes up. */
export interface StorageQueries {
  /** Looks at every message: to be asked, not watched. */
  'storage.usage'(): StorageUsage
}

const commands: CommandTable<StorageCommands> = {
  'storage.free-files': command(
    args => args.conversation('conversation'),
    (conversation, context) =>
      context.store.write(tx => {
        const before = filesOf(tx).get(conversation) ?? 0
        freeRoom(tx, conversation, context)
        const keptBytes = filesOf(tx).get(conversation) ?? 0
        return { freedBytes: before - keptBytes, keptBytes }
      }),
  ),
}

const queries: QueryTable<StorageQueries> = {
  'storage.usage': query(noArguments, (_, reader, { time }) => storageUsage(reader, time.now())),
}

/** How much room an account takes up, and how it takes up less. */
export const storageFeature: Feature = { name: 'storage', commands, queries }
