import { concatBytes } from '../encoding/index.ts'
import { type WireLimits } from './check-wire.ts'
import { decodeWire, wireSchema } from './codec.ts'
import { type Envelope, envelopeParts, decodeEnvelope } from './envelope.ts'
import { WebSocketMessage_Type, WebSocketMessageSchema } from './gen/websocket_pb.ts'
import { MessageError } from './message-error.ts'
import { pushVarint } from './push-varint.ts'

const schema = wireSchema(WebSocketMessageSchema)

/** `requestId` 0 at the end of the request; it and the empty texts before the body are written out, as others do. */
const tail = Uint8Array.of(0x20, 0x00)

/**
 * What an inbox stores: a `WebSocketMessage` with a request whose body is the envelope. Spec 10 §3.2, §4.9.
 * @throws {MessageError} `message.bad-time`, `message.bad-pro-signature`
 */
export function encodeInboxMessage(envelope: Envelope): Uint8Array {
  const parts = envelopeParts(envelope)
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const request = [0x0a, 0x00, 0x12, 0x00, 0x1a] // verb "", path "", body
  pushVarint(request, length)
  const head = [0x08, WebSocketMessage_Type.REQUEST, 0x12]
  pushVarint(head, request.length + length + tail.length)
  return concatBytes(Uint8Array.from([...head, ...request]), ...parts, tail)
}

/**
 * Undoes `encodeInboxMessage`. Only the body of the request counts. Byte members are views. Spec 10 §3.3.
 * @throws {MessageError} `message.not-a-request`, and those of `decodeEnvelope`
 */
export function decodeInboxMessage(input: Uint8Array, limits?: Partial<WireLimits>): Envelope {
  const { message } = decodeWire(schema, input, { ...limits, maxUnreadBytes: 0 })
  const body = message.type === WebSocketMessage_Type.REQUEST ? message.request?.body : undefined
  if (body === undefined) throw new MessageError('message.not-a-request')
  return decodeEnvelope(body, limits)
}
