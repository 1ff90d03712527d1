import { nodePublicKey } from '../swarm/index.ts'
import { frameTypes, HEADER_SIZE, PURPOSE_ONION, type OpenFrame, type PipeFrame } from './frame.ts'
import type { PipeLimits } from './limits.ts'
import { reasonCode } from './reasons.ts'

/** One frame as the bytes of one message. See docs/protocol/pipe.md. */
export function encodePipeFrame(frame: PipeFrame): Uint8Array {
  switch (frame.type) {
    case 'hello':
      return encodeHello(frame.version, frame.limits)
    case 'open':
      return encodeOpen(frame)
    case 'data':
      return encodeData(frame.stream, frame.bytes, frame.last)
    case 'reply':
      return write(frameTypes.reply, frame.stream, 2, view => view.setUint16(HEADER_SIZE, frame.status))
    case 'credit':
      return write(frameTypes.credit, frame.stream, 4, view => view.setUint32(HEADER_SIZE, frame.bytes))
    case 'reset':
      return write(frameTypes.reset, frame.stream, 1, view => view.setUint8(HEADER_SIZE, reasonCode(frame.reason)))
    case 'ping':
    case 'pong':
      return write(frameTypes[frame.type], 0, 8, (_, bytes) => bytes.set(frame.token, HEADER_SIZE))
    case 'go-away':
      return write(frameTypes.goAway, 0, 5, view => {
        view.setUint32(HEADER_SIZE, frame.lastStream)
        view.setUint8(HEADER_SIZE + 4, reasonCode(frame.reason))
      })
  }
}

function encodeHello(version: number, limits: PipeLimits): Uint8Array {
  return write(frameTypes.hello, 0, 23, view => {
    view.setUint8(5, version)
    view.setUint16(6, limits.maxStreams)
    view.setUint32(8, limits.maxChunk)
    view.setUint32(12, limits.streamWindow)
    view.setUint32(16, limits.connectionWindow)
    view.setUint32(20, limits.maxBody)
    view.setUint32(24, limits.maxDeadlineMs)
  })
}

function encodeOpen({ stream, guard, deadlineMs, length }: OpenFrame): Uint8Array {
  return write(frameTypes.open, stream, 41, (view, bytes) => {
    view.setUint8(5, PURPOSE_ONION)
    bytes.set(nodePublicKey(guard), 6)
    view.setUint32(38, deadlineMs)
    view.setUint32(42, length)
  })
}

function encodeData(stream: number, data: Uint8Array, last: boolean): Uint8Array {
  const type = last ? frameTypes.last : frameTypes.data
  return write(type, stream, data.length, (_, bytes) => bytes.set(data, HEADER_SIZE))
}

function write(
  type: number,
  stream: number,
  size: number,
  fill: (view: DataView, bytes: Uint8Array) => void,
): Uint8Array {
  const bytes = new Uint8Array(HEADER_SIZE + size)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, type)
  view.setUint32(1, stream)
  fill(view, bytes)
  return bytes
}
