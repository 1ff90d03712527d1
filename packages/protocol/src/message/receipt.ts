import { build, type UnreadField } from './codec.ts'
import { ReceiptMessage_Type, type ReceiptMessage, ReceiptMessageSchema } from './gen/session_pb.ts'
import { readTime, writeTime } from './time.ts'

/** Messages that the sender has read, by the times at which they were sent. Spec 10 §4.6, §5.3. */
export interface ReadReceipt {
  readonly kind: 'receipt'
  readonly readMessages: readonly number[]
  readonly unreadInBody?: readonly UnreadField[] | undefined
}

/** `undefined` for receipts of delivery, which are dead. @throws {MessageError} `message.bad-time` */
export function readReceipt(wire: ReceiptMessage): ReadReceipt | undefined {
  if (wire.type !== ReceiptMessage_Type.READ) return undefined
  return { kind: 'receipt', readMessages: wire.timestamp.map(readTime), unreadInBody: wire.$unknown }
}

/** @throws {MessageError} `message.bad-time` */
export function writeReceipt({ readMessages, unreadInBody }: ReadReceipt): ReceiptMessage {
  const values = { type: ReceiptMessage_Type.READ, timestamp: readMessages.map(writeTime) }
  return build(ReceiptMessageSchema, values, unreadInBody)
}
