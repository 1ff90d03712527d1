import { concatBytes, utf8Encode } from '@sotto/protocol/encoding'
import { type OnionReply } from './onion-reply.ts'

/** What a node tells the one before it: status 2 bytes, big-endian ‖ body. See docs/protocol/member-link.md. */
export function encodeRelayReply({ status, body }: OnionReply): Uint8Array {
  const head = Uint8Array.of(status >> 8, status & 0xff)
  return concatBytes(head, typeof body === 'string' ? utf8Encode(body) : body)
}

/** Undoes it; the body is a view. `undefined` if there is no status that HTTP has. */
export function decodeRelayReply(bytes: Uint8Array): OnionReply | undefined {
  const [high = 0, low = 0] = bytes
  const status = 256 * high + low
  return status >= 200 && status <= 599 ? { status, body: bytes.subarray(2) } : undefined
}
