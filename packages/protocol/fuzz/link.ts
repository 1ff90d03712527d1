import { LinkFrameReader, LinkOutbox } from '../src/link/index.ts'
import { type FuzzTarget } from './target.ts'

const body = Uint8Array.of(1, 2, 3)
const outbox = new LinkOutbox(() => undefined)
outbox.push({ kind: 'request', id: 1, path: 2, body })
outbox.push({ kind: 'reply', id: 1, status: 200, type: 1, body })
outbox.push({ kind: 'request', id: 2, path: 1, body: new Uint8Array(20_000) })
outbox.push({ kind: 'cancel', id: 2 })
outbox.push({ kind: 'ping', id: 7 })
outbox.push({ kind: 'go-away' })
const first = outbox.take(100_000) ?? body
const rest = outbox.take(100_000) ?? body

/** The parser of `@sotto/protocol/link`: once all at a time, once a byte at a time. */
export const targets: readonly FuzzTarget[] = [
  { name: 'link/frames', corpus: [first, rest], run: input => read(input, Math.max(1, input.length)) },
  { name: 'link/trickle', corpus: [first.subarray(0, 64)], run: input => read(input, 1) },
]

function read(input: Uint8Array, step: number): void {
  const reader = new LinkFrameReader()
  for (let at = 0; at < input.length; at += step) reader.push(input.subarray(at, at + step), () => undefined)
}
