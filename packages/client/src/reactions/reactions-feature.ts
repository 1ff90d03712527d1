import { type Arguments } from '../engine/arguments.ts'
import { command, type CommandTable, query, type QueryTable } from '../engine/calls.ts'
import { type Feature } from '../engine/feature.ts'
import { receiveReaction } from './receive.ts'
import { type Reaction, reactionsTo } from './rows.ts'
import { sendReaction } from './send.ts'

/** What is done about reactions. `message` is its row. */
export interface ReactionsCommands {
  'reactions.add'(args: { message: number; emoji: string }): void
  'reactions.remove'(args: { message: number; emoji: string }): void
}

/** What is asked about them. */
export interface ReactionsQueries {
  /** The reactions to these messages, at most 200 of them: for each message in the order in which they came up. */
  'reactions.list'(args: { messages: readonly number[] }): readonly Reaction[]
}

const MAX_EMOJI_UNITS = 100
const MAX_PAGE = 200

const reactionArguments = (args: Arguments) => ({
  message: args.integer('message'),
  emoji: args.text('emoji', MAX_EMOJI_UNITS),
})

const commands: CommandTable<ReactionsCommands> = {
  'reactions.add': command(reactionArguments, (reaction, context) => {
    context.store.write(tx => sendReaction(tx, { ...reaction, action: 'react' }, context))
  }),
  'reactions.remove': command(reactionArguments, (reaction, context) => {
    context.store.write(tx => sendReaction(tx, { ...reaction, action: 'remove' }, context))
  }),
}

const queries: QueryTable<ReactionsQueries> = {
  'reactions.list': query(
    args => args.list('messages', MAX_PAGE, element => element.integer('value')),
    (messages, reader) => reactionsTo(reader, messages),
  ),
}

/** Emoji at messages. Spec 10 §5.2, spec 50 §3.7. */
export const reactionsFeature: Feature = {
  name: 'reactions',
  content: { reaction: receiveReaction },
  commands,
  queries,
}
