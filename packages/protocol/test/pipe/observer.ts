import type { PipeFrame, PipeLimits } from '../../src/pipe/index.ts'
import { demand } from './fixtures.ts'

/** The side that a frame comes from. */
export type Side = 'client' | 'gateway'

interface Lane {
  /** Room that the other side has given and this side has not used. */
  credit: number
  ended: boolean
}

/**
 * Watches what one side sends, without any knowledge of how a pipe works inside, and holds it to the document: no data
 * beyond credit, none after its end or a reset, no piece too large, a reply only once and after its request.
 */
export class Observer {
  readonly #limits: PipeLimits
  readonly #credit: Record<Side, number>
  readonly #lanes: Record<Side, Map<number, Lane>> = { client: new Map(), gateway: new Map() }
  readonly #replied = new Set<number>()

  constructor(limits: PipeLimits) {
    this.#limits = limits
    this.#credit = { client: limits.connectionWindow, gateway: limits.connectionWindow }
  }

  /** When a side sends. Its own rules are checked with what it has received, so credit counts on delivery. */
  sent(from: Side, frame: PipeFrame): void {
    if (frame.type === 'open') this.#opened(frame.stream)
    if (frame.type === 'reply') this.#reply(frame.stream)
    if (frame.type === 'reset') this.#lane(from, frame.stream).ended = true
    if (frame.type === 'data') this.#data(from, frame.stream, frame.bytes.length, frame.last)
  }

  /** When the other side has got it. */
  delivered(from: Side, frame: PipeFrame): void {
    if (frame.type !== 'credit') return
    const to = from === 'client' ? 'gateway' : 'client'
    if (frame.stream === 0) this.#credit[to] += frame.bytes
    else this.#lane(to, frame.stream).credit += frame.bytes
    demand(this.#credit[to] <= this.#limits.connectionWindow, `the ${to} is given more than the window`)
    if (frame.stream > 0)
      demand(this.#lane(to, frame.stream).credit <= this.#limits.streamWindow, 'a stream is given more')
  }

  #opened(stream: number): void {
    for (const side of ['client', 'gateway'] as const) {
      this.#lanes[side].set(stream, { credit: this.#limits.streamWindow, ended: false })
    }
  }

  #reply(stream: number): void {
    demand(!this.#replied.has(stream), `stream ${stream} has two replies`)
    demand(this.#lane('client', stream).ended, `the reply of stream ${stream} is early`)
    this.#replied.add(stream)
  }

  #data(from: Side, stream: number, length: number, last: boolean): void {
    const lane = this.#lane(from, stream)
    demand(!lane.ended, `data of stream ${stream} after its end`)
    demand(from === 'client' || this.#replied.has(stream), `data of stream ${stream} before its status`)
    demand(length <= this.#limits.maxChunk, `a piece of ${length} bytes`)
    lane.credit -= length
    this.#credit[from] -= length
    demand(lane.credit >= 0, `stream ${stream} has no room`)
    demand(this.#credit[from] >= 0, 'the connection has no room')
    lane.ended = last
  }

  #lane(side: Side, stream: number): Lane {
    const lane = this.#lanes[side].get(stream)
    if (lane === undefined) throw new Error(`nobody opened stream ${stream}`)
    return lane
  }
}
