import { command, type CommandTable, query, type QueryTable } from '../engine/calls.ts'
import { type Feature } from '../engine/feature.ts'
import { type MessageView, viewsOf } from '../messages/views.ts'
import { pinMessage, pinnedIn, unpinMessage } from './pins.ts'

/** What is done with pinned messages. */
export interface PinsCommands {
  /**
   * On this device only; 50 in a conversation at most.
   * @throws {ClientError} `client.too-many-pins`, `client.not-pinnable` for lines and what was deleted, `client.unknown-message`
   */
  'messages.pin'(args: { message: number; pinned: boolean }): void
}

/** What is asked about them. */
export interface PinsQueries {
  /** The newest pin first. */
  'messages.pinned'(args: { conversation: string }): readonly MessageView[]
}

const commands: CommandTable<PinsCommands> = {
  'messages.pin': command(
    args => ({ message: args.integer('message'), pinned: args.flag('pinned') }),
    ({ message, pinned }, { store }) => {
      store.write(tx => (pinned ? pinMessage(tx, message) : unpinMessage(tx, message)))
    },
  ),
}

const queries: QueryTable<PinsQueries> = {
  'messages.pinned': query(
    args => args.conversation('conversation'),
    (conversation, reader, { own }) => viewsOf(reader, pinnedIn(reader, conversation), own),
  ),
}

/** Messages that the user wants to find again. */
export const pinsFeature: Feature = { name: 'pins', commands, queries }
