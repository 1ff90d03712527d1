import { type AccountId } from '@sotto/protocol/account'
import { command, type CommandTable, noArguments, query, type QueryTable } from '../engine/calls.ts'
import { type EngineContext } from '../engine/context.ts'
import { type Feature } from '../engine/feature.ts'
import { TYPING_TOPIC, TypingState } from './typing-state.ts'

/** What the user does while writing. Nothing is sent unless the setting is on and the user accepts the other person. */
export interface TypingCommands {
  /** The text has changed, with each key. */
  'typing.key'(args: { conversation: string }): void
  /** The text is empty again. */
  'typing.stop'(args: { conversation: string }): void
}

/** Who writes. */
export interface TypingQueries {
  /** In which conversations the other person writes just now. */
  'typing.list'(): readonly AccountId[]
}

/** "X is writing", both ways; off unless the user switches it on. Spec 10 §5.4, spec 50 §3.13. */
export function createTypingFeature(): Feature {
  const states = new WeakMap<EngineContext, TypingState>()
  const stateOf = (context: EngineContext): TypingState => {
    const state = states.get(context) ?? new TypingState(context)
    states.set(context, state)
    return state
  }

  const commands: CommandTable<TypingCommands> = {
    'typing.key': command(
      args => args.conversation('conversation'),
      (conversation, context) => stateOf(context).sender.key(conversation),
    ),
    'typing.stop': command(
      args => args.conversation('conversation'),
      (conversation, context) => stateOf(context).sender.stop(conversation),
    ),
  }
  const queries: QueryTable<TypingQueries> = {
    'typing.list': query(noArguments, (_, reader, context) => {
      reader.dependOn(TYPING_TOPIC)
      return stateOf(context).writers()
    }),
  }

  return {
    name: 'typing',
    admit: (tx, { content, fromSelf, sender }, context) => {
      if (content.kind !== 'typing' && !fromSelf) tx.afterCommit(() => stateOf(context).ended(sender))
      return true
    },
    content: { typing: (tx, received, context) => stateOf(context).receive(tx, received) },
    outbox: {
      sent: (tx, { kind, owner }, _, context) => {
        if (kind === 'message') tx.afterCommit(() => stateOf(context).sender.sent(owner))
      },
    },
    commands,
    queries,
  }
}
