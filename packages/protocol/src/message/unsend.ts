import { build, type UnreadField } from './codec.ts'
import { type UnsendRequest, UnsendRequestSchema } from './gen/session_pb.ts'
import { type AuthorId, readAuthor } from './ids.ts'
import { readTime, writeTime } from './time.ts'

/** A wish that a message be deleted. Spec 10 §4.6, §5.6. */
export interface Unsend {
  readonly kind: 'unsend'
  /** Unix ms of the message to delete. */
  readonly targetSentAt: number
  /** Must be who sent this request: nobody deletes the words of others. */
  readonly targetAuthor: AuthorId
  readonly unreadInBody?: readonly UnreadField[] | undefined
}

/** @throws {MessageError} `message.bad-time`, `message.bad-id` */
export function readUnsend(wire: UnsendRequest): Unsend {
  return {
    kind: 'unsend',
    targetSentAt: readTime(wire.timestamp),
    targetAuthor: readAuthor(wire.author),
    unreadInBody: wire.$unknown,
  }
}

/** @throws {MessageError} `message.bad-time` */
export function writeUnsend({ targetSentAt, targetAuthor, unreadInBody }: Unsend): UnsendRequest {
  return build(UnsendRequestSchema, { timestamp: writeTime(targetSentAt), author: targetAuthor }, unreadInBody)
}
