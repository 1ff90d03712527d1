import { createPipe, decodePipeFrame, encodePipeFrame, gatewayLimits, type PipeFrame } from '../src/pipe/index.ts'
import { parseNodeId } from '../src/swarm/index.ts'
import { type FuzzTarget } from './target.ts'

const guard = parseNodeId('0a'.repeat(32))
const bytes = Uint8Array.of(1, 2, 3)
const hello = encodePipeFrame({ type: 'hello', version: 1, limits: gatewayLimits })
const frames: readonly PipeFrame[] = [
  { type: 'open', stream: 1, guard, deadlineMs: 30_000, length: 3 },
  { type: 'data', stream: 1, bytes, last: true },
  { type: 'reply', stream: 1, status: 200 },
  { type: 'credit', stream: 0, bytes: 65_536 },
  { type: 'reset', stream: 1, reason: 'cancelled' },
  { type: 'ping', token: new Uint8Array(8) },
  { type: 'go-away', lastStream: 1, reason: 'shutting-down' },
]
const messages = [hello, ...frames.map(encodePipeFrame)]
/** A whole conversation as one input: each message after its length in two bytes. */
const conversation = Uint8Array.from(messages.flatMap(one => [one.length >> 8, one.length & 0xff, ...one]))

/** The parsers of `@sotto/protocol/pipe`, and both ends of a pipe. */
export const targets: readonly FuzzTarget[] = [
  { name: 'pipe/frame', corpus: messages, run: input => void decodePipeFrame(input) },
  { name: 'pipe/gateway', corpus: [conversation], run: input => converse('gateway', input) },
  { name: 'pipe/client', corpus: [conversation], run: input => converse('client', input) },
]

/** Feeds the messages of an input to one end, which must refuse them without throwing. */
function converse(role: 'client' | 'gateway', input: Uint8Array): void {
  const pipe = createPipe(role)
  pipe.receive(hello)
  if (role === 'client') pipe.open({ guard, deadlineMs: 30_000, body: bytes })
  for (let at = 0; at + 2 <= input.length;) {
    const end = at + 2 + 256 * (input[at] ?? 0) + (input[at + 1] ?? 0)
    pipe.receive(input.subarray(at + 2, end))
    at = end
  }
}
