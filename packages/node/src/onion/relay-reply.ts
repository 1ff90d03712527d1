import { type FramedBody, leastFramedBytes } from '../swarm/link/framed-body.ts'
import { type OnionReply } from './onion-reply.ts'

const none = new Uint8Array()

/** What a node tells the one before it, as `encodeRelayReply` writes it; a large body stays where it lies. */
export function frameRelayReply(reply: OnionReply): Uint8Array | FramedBody {
  const { status, body: bytes, memory } = reply
  if (typeof bytes === 'string' || bytes.length < leastFramedBytes) return encodeRelayReply(reply)
  return { before: Uint8Array.of(status >> 8, status & 0xff), bytes, after: none, memory }
}

/** What a node tells the one before it: status 2 bytes, big-endian ‖ body. See docs/protocol/member-link.md. */
export function encodeRelayReply({ status, body }: OnionReply): Uint8Array {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length
  const bytes = new Uint8Array(2 + length)
  bytes[0] = status >> 8
  bytes[1] = status & 0xff
  if (typeof body !== 'string') bytes.set(body, 2)
  // Nearly all of them are base64, which is written as it lies in memory.
  else Buffer.from(bytes.buffer).write(body, 2, length === body.length ? 'latin1' : 'utf8')
  return bytes
}

/** Undoes it; the body is a view. `undefined` if there is no status that HTTP has. */
export function decodeRelayReply(bytes: Uint8Array): OnionReply | undefined {
  const [high = 0, low = 0] = bytes
  const status = 256 * high + low
  return status >= 200 && status <= 599 ? { status, body: bytes.subarray(2) } : undefined
}
