import { ed25519PublicKey } from '../crypto/index.ts'
import { nodeIdOf } from '../swarm/index.ts'
import { frameTypes, HEADER_SIZE, isStatus, PIPE_VERSION, PURPOSE_ONION, type PipeFrame } from './frame.ts'
import { checkLimits, MAX_CHUNK } from './limits.ts'
import { PipeError } from './pipe-error.ts'
import { reasonOf } from './reasons.ts'

/** A frame whose length and stream fit its type. */
interface Reader {
  readonly bytes: Uint8Array
  readonly view: DataView
  readonly stream: number
}

interface FrameKind {
  readonly minSize: number
  readonly maxSize: number
  /** Whether it is about a stream, the connection, or either. */
  readonly about: 'stream' | 'connection' | 'either'
  readonly read: (reader: Reader) => PipeFrame
}

const kinds: ReadonlyMap<number | undefined, FrameKind> = new Map<number, FrameKind>([
  // Later versions may say more: what follows is skipped.
  [frameTypes.hello, { minSize: 23, maxSize: 256, about: 'connection', read: readHello }],
  [frameTypes.open, { minSize: 41, maxSize: 41, about: 'stream', read: readOpen }],
  [frameTypes.data, { minSize: 1, maxSize: MAX_CHUNK, about: 'stream', read: reader => readData(reader, false) }],
  [frameTypes.last, { minSize: 0, maxSize: MAX_CHUNK, about: 'stream', read: reader => readData(reader, true) }],
  [frameTypes.reply, { minSize: 2, maxSize: 2, about: 'stream', read: readReply }],
  [frameTypes.credit, { minSize: 4, maxSize: 4, about: 'either', read: readCredit }],
  [frameTypes.reset, { minSize: 1, maxSize: 1, about: 'stream', read: readReset }],
  [frameTypes.ping, { minSize: 8, maxSize: 8, about: 'connection', read: reader => readPing(reader, 'ping') }],
  [frameTypes.pong, { minSize: 8, maxSize: 8, about: 'connection', read: reader => readPing(reader, 'pong') }],
  [frameTypes.goAway, { minSize: 5, maxSize: 5, about: 'connection', read: readGoAway }],
])

/**
 * Reads one message. Data and tokens are views. See docs/protocol/pipe.md.
 * @throws {PipeError} `pipe.truncated`, `pipe.bad-type`, `pipe.bad-length`, `pipe.bad-stream`, `pipe.bad-version`,
 * `pipe.bad-limits`, `pipe.bad-value`
 */
export function decodePipeFrame(bytes: Uint8Array): PipeFrame {
  if (bytes.length < HEADER_SIZE) throw new PipeError('pipe.truncated', { length: bytes.length })
  const kind = kinds.get(bytes[0])
  if (kind === undefined) throw new PipeError('pipe.bad-type', { type: bytes[0] ?? 0 })
  const size = bytes.length - HEADER_SIZE
  if (size < kind.minSize || size > kind.maxSize) throw new PipeError('pipe.bad-length', { length: bytes.length })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const stream = view.getUint32(1)
  if (kind.about !== 'either' && (kind.about === 'stream') !== stream > 0) throw new PipeError('pipe.bad-stream')
  return kind.read({ bytes, view, stream })
}

function readHello({ view }: Reader): PipeFrame {
  const version = view.getUint8(5)
  if (version < PIPE_VERSION) throw new PipeError('pipe.bad-version', { version })
  const limits = {
    maxStreams: view.getUint16(6),
    maxChunk: view.getUint32(8),
    streamWindow: view.getUint32(12),
    connectionWindow: view.getUint32(16),
    maxBody: view.getUint32(20),
    maxDeadlineMs: view.getUint32(24),
  }
  return { type: 'hello', version, limits: checkLimits(limits) }
}

function readOpen({ bytes, view, stream }: Reader): PipeFrame {
  const purpose = view.getUint8(5)
  const deadlineMs = view.getUint32(38)
  if (purpose !== PURPOSE_ONION || deadlineMs === 0) throw new PipeError('pipe.bad-value', { purpose, deadlineMs })
  const guard = nodeIdOf(ed25519PublicKey(bytes.subarray(6, 38)))
  return { type: 'open', stream, guard, deadlineMs, length: view.getUint32(42) }
}

function readData({ bytes, stream }: Reader, last: boolean): PipeFrame {
  return { type: 'data', stream, bytes: bytes.subarray(HEADER_SIZE), last }
}

function readReply({ view, stream }: Reader): PipeFrame {
  const status = view.getUint16(HEADER_SIZE)
  if (!isStatus(status)) throw new PipeError('pipe.bad-value', { status })
  return { type: 'reply', stream, status }
}

function readCredit({ view, stream }: Reader): PipeFrame {
  const bytes = view.getUint32(HEADER_SIZE)
  if (bytes === 0 || bytes >= 2 ** 31) throw new PipeError('pipe.bad-value', { bytes })
  return { type: 'credit', stream, bytes }
}

function readReset({ view, stream }: Reader): PipeFrame {
  return { type: 'reset', stream, reason: reasonOf(view.getUint8(HEADER_SIZE)) }
}

function readPing({ bytes }: Reader, type: 'ping' | 'pong'): PipeFrame {
  return { type, token: bytes.subarray(HEADER_SIZE) }
}

function readGoAway({ view }: Reader): PipeFrame {
  return { type: 'go-away', lastStream: view.getUint32(HEADER_SIZE), reason: reasonOf(view.getUint8(HEADER_SIZE + 4)) }
}
