import { build, type UnreadField } from './codec.ts'
import { type Reaction as WireReaction, Reaction_Action, ReactionSchema } from './gen/session_pb.ts'
import { type AuthorId, readAuthor } from './ids.ts'
import { readTime, writeTime } from './time.ts'

/** An emoji put to a message, or taken away again. Time and author are those of that message. Spec 10 §4.4, trap 14. */
export interface Reaction {
  /** Unix ms of the message that is reacted to. */
  readonly targetSentAt: number
  readonly targetAuthor: AuthorId
  readonly emoji: string
  readonly action: 'react' | 'remove'
  readonly unread?: readonly UnreadField[] | undefined
}

/** The most that is sent in a minute. Spec 10 §5.2. */
export const MAX_REACTIONS_PER_MINUTE = 20

/**
 * `undefined` for an action that nobody knows.
 * @throws {MessageError} `message.bad-time`, `message.bad-id`
 */
export function readReaction(wire: WireReaction): Reaction | undefined {
  if (!Object.hasOwn(wire, 'action')) return undefined
  return {
    targetSentAt: readTime(wire.id),
    targetAuthor: readAuthor(wire.author),
    emoji: wire.emoji,
    action: wire.action === Reaction_Action.REMOVE ? 'remove' : 'react',
    unread: wire.$unknown,
  }
}

/** @throws {MessageError} `message.bad-time` */
export function writeReaction({ targetSentAt, targetAuthor, emoji, action, unread }: Reaction): WireReaction {
  return build(
    ReactionSchema,
    {
      id: writeTime(targetSentAt),
      author: targetAuthor,
      emoji,
      action: action === 'remove' ? Reaction_Action.REMOVE : Reaction_Action.REACT,
    },
    unread,
  )
}
