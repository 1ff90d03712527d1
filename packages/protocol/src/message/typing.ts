import { build, type UnreadField } from './codec.ts'
import { type TypingMessage, TypingMessage_Action, TypingMessageSchema } from './gen/session_pb.ts'
import { readTime, writeTime } from './time.ts'

/** Someone writes, or has stopped. Spec 10 §4.6, §5.4. */
export interface Typing {
  readonly kind: 'typing'
  readonly action: 'started' | 'stopped'
  /** Equal to the time of the envelope, else the message is to be ignored: see `isTypingTimely`. */
  readonly typedAt: number
  readonly unreadInBody?: readonly UnreadField[] | undefined
}

/** `undefined` for an action that nobody knows. @throws {MessageError} `message.bad-time` */
export function readTyping(wire: TypingMessage): Typing | undefined {
  if (!Object.hasOwn(wire, 'action')) return undefined
  const action = wire.action === TypingMessage_Action.STOPPED ? 'stopped' : 'started'
  return { kind: 'typing', action, typedAt: readTime(wire.timestamp), unreadInBody: wire.$unknown }
}

/** @throws {MessageError} `message.bad-time` */
export function writeTyping({ action, typedAt, unreadInBody }: Typing): TypingMessage {
  const values = {
    timestamp: writeTime(typedAt),
    action: action === 'stopped' ? TypingMessage_Action.STOPPED : TypingMessage_Action.STARTED,
  }
  return build(TypingMessageSchema, values, unreadInBody)
}
