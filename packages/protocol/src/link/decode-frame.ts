import { frameTypes, HEADER_SIZE, type LinkFrame, MAX_PIECE, REPLY_HEAD, REQUEST_HEAD } from './frame.ts'
import { LinkFrameError } from './link-frame-error.ts'

/**
 * Length of the payload of the frame that begins at `at`, where there are at least eight bytes.
 * @throws {LinkFrameError} `link-frame.bad-type`, `link-frame.too-long`
 */
export function payloadLength(bytes: Uint8Array, at: number): number {
  const most = mostOf(bytes[at] ?? 0)
  const length = ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
  if (length > most) throw new LinkFrameError('link-frame.too-long', { length })
  return length
}

function mostOf(type: number): number {
  switch (type) {
    case frameTypes.request:
      return REQUEST_HEAD + MAX_PIECE
    case frameTypes.reply:
      return REPLY_HEAD + MAX_PIECE
    case frameTypes.data:
      return MAX_PIECE
    case frameTypes.cancel:
    case frameTypes.ping:
    case frameTypes.pong:
    case frameTypes.goAway:
      return 0
    default:
      throw new LinkFrameError('link-frame.bad-type', { type })
  }
}

/**
 * Reads the whole frame that begins at `at`, whose payload has `length` bytes, as `payloadLength` says. Bodies are views.
 * @throws {LinkFrameError} `link-frame.bad-length`, `link-frame.bad-id`, `link-frame.bad-status`
 */
export function decodeFrame(bytes: Uint8Array, at: number, length: number): LinkFrame {
  const type = bytes[at]
  const id = readU32(bytes, at + 4)
  const start = at + HEADER_SIZE
  if (type === frameTypes.goAway) return { kind: 'go-away' }
  if (type === frameTypes.ping || type === frameTypes.pong)
    return { kind: type === frameTypes.ping ? 'ping' : 'pong', id }
  if (id === 0) throw new LinkFrameError('link-frame.bad-id')
  if (type === frameTypes.cancel) return { kind: 'cancel', id }
  if (type === frameTypes.data) {
    if (length === 0) throw new LinkFrameError('link-frame.bad-length')
    return { kind: 'data', id, bytes: bytes.subarray(start, start + length) }
  }
  return type === frameTypes.request ? readRequest(bytes, id, start, length) : readReply(bytes, id, start, length)
}

function readRequest(bytes: Uint8Array, id: number, start: number, length: number): LinkFrame {
  const body = bodyOf(bytes, start, length, REQUEST_HEAD)
  return { kind: 'request', id, path: bytes[start] ?? 0, length: readU32(bytes, start + 1), bytes: body }
}

function readReply(bytes: Uint8Array, id: number, start: number, length: number): LinkFrame {
  const body = bodyOf(bytes, start, length, REPLY_HEAD)
  const status = ((bytes[start] ?? 0) << 8) | (bytes[start + 1] ?? 0)
  if (status < 200 || status > 599) throw new LinkFrameError('link-frame.bad-status', { status })
  return { kind: 'reply', id, status, type: bytes[start + 2] ?? 0, length: readU32(bytes, start + 3), bytes: body }
}

/**
 * A body that fits into the frame that begins it is all there, and one that does not fills it: so nothing can be begun by a
 * trickle. Its length stands in the last four bytes of the head.
 */
function bodyOf(bytes: Uint8Array, start: number, length: number, head: number): Uint8Array {
  if (length < head) throw new LinkFrameError('link-frame.bad-length', { length })
  const whole = readU32(bytes, start + head - 4)
  if (length - head !== Math.min(whole, MAX_PIECE)) throw new LinkFrameError('link-frame.bad-length', { length })
  return bytes.subarray(start + head, start + length)
}

function readU32(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
}
