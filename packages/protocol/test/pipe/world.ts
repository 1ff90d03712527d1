import {
  createPipe,
  decodePipeFrame,
  type Pipe,
  type PipeEvent,
  type PipeLimits,
  type PipeOutput,
} from '../../src/pipe/index.ts'
import { compareBytes } from '../../src/encoding/index.ts'
import { demand, guard } from './fixtures.ts'
import { Observer, type Side } from './observer.ts'

/** What one side has of a stream. */
interface Received {
  /** What the other side is sending, byte for byte. */
  expected: Uint8Array
  got: number
  unconsumed: number
  ended: boolean
  reset: boolean
}

const other = (side: Side): Side => (side === 'client' ? 'gateway' : 'client')

/** Two honest ends, the messages on their way, an observer, and a model of what each side should have received. */
export class World {
  readonly limits: PipeLimits
  readonly #pipes: Readonly<Record<Side, Pipe>>
  readonly #inbox: Record<Side, Uint8Array[]> = { client: [], gateway: [] }
  readonly #observer: Observer
  readonly #streams: Record<Side, Map<number, Received>> = { client: new Map(), gateway: new Map() }
  readonly #over: Record<Side, boolean> = { client: false, gateway: false }

  constructor(limits: PipeLimits) {
    this.limits = limits
    this.#observer = new Observer(limits)
    this.#pipes = {
      client: createPipe('client', limits),
      gateway: createPipe('gateway', limits, { maxQueued: limits.maxBody }),
    }
    this.#take('client', this.#pipes.client.start())
    this.#take('gateway', this.#pipes.gateway.start())
  }

  get openStreams(): Readonly<Record<Side, number>> {
    return { client: this.#pipes.client.streams, gateway: this.#pipes.gateway.streams }
  }

  open(length: number): void {
    const { client } = this.#pipes
    if (!client.isOpen || client.streams >= this.limits.maxStreams) return
    const body = bodyOf(length, this.#streams.client.size)
    const { stream, ...output } = client.open({ guard, deadlineMs: 1000, body })
    this.#streams.client.set(stream, record(new Uint8Array()))
    this.#streams.gateway.set(stream, record(body))
    this.#take('client', output)
  }

  /** Answers one complete request, in two halves. */
  answer(pick: number, length: number): boolean {
    const ready = [...this.#streams.gateway].filter(
      ([id, { ended, reset }]) => ended && !reset && !this.#answered.has(id),
    )
    const stream = ready.map(([id]) => id)[pick % Math.max(1, ready.length)]
    const known = stream === undefined ? undefined : this.#streams.client.get(stream)
    if (stream === undefined || known === undefined) return false
    this.#answered.add(stream)
    known.expected = bodyOf(length, stream)
    const half = Math.floor(length / 2)
    const { gateway } = this.#pipes
    this.#take('gateway', gateway.reply(stream, 200))
    this.#take('gateway', gateway.write(stream, known.expected.subarray(0, half), false))
    this.#take('gateway', gateway.write(stream, known.expected.subarray(half), true))
    return true
  }

  readonly #answered = new Set<number>()

  reset(side: Side, pick: number): void {
    const stream = this.#pick(side, pick)
    const known = this.#streams[side].get(stream)
    const output = this.#pipes[side].reset(stream, 'cancelled')
    // Nothing is said of a stream that is over, or that has not been heard of.
    if (known !== undefined && output.frames.length > 0) discard(known)
    this.#take(side, output)
  }

  consume(side: Side, pick: number, bytes: number): void {
    this.#consume(side, this.#pick(side, pick), bytes)
  }

  #consume(side: Side, stream: number, bytes: number): void {
    const known = this.#streams[side].get(stream)
    if (known === undefined) return
    const counted = Math.min(bytes, known.unconsumed)
    known.unconsumed -= counted
    this.#take(side, this.#pipes[side].consumed(stream, counted))
  }

  goAway(side: Side): void {
    this.#take(side, this.#pipes[side].goAway('shutting-down'))
  }

  /** Delivers the next message to one side. */
  deliver(to: Side): boolean {
    const message = this.#inbox[to].shift()
    if (message === undefined) return false
    this.#observer.delivered(other(to), decodePipeFrame(message))
    this.#take(to, this.#pipes[to].receive(message))
    return true
  }

  /** Delivers, consumes and answers everything until nothing moves any more. */
  settle(): void {
    for (let moved = true; moved;) {
      moved = false
      while (this.deliver('client') || this.deliver('gateway')) moved = true
      for (const side of ['client', 'gateway'] as const) {
        for (const [id, { unconsumed }] of this.#streams[side]) {
          if (unconsumed > 0) moved = true
          this.#consume(side, id, unconsumed)
        }
      }
      while (this.answer(0, 700)) moved = true
    }
  }

  /** Whoever is done closes the connection, after everything that was on its way has come. */
  close(): void {
    for (const side of ['client', 'gateway'] as const) {
      if (this.#over[other(side)]) this.#take(side, this.#pipes[side].lost())
    }
  }

  /** What came of every stream: nothing is missing, unless one side or the other gave it up. */
  check(): void {
    for (const [id, { got, expected, ended, reset }] of this.#streams.client) {
      const given = reset || this.#streams.gateway.get(id)?.reset === true
      if (!given) demand(ended && got === expected.length, `stream ${id} got ${got} of ${expected.length} bytes`)
    }
  }

  /** One of the streams that this side has not heard the end of; 0 if there is none. */
  #pick(side: Side, pick: number): number {
    const going = [...this.#streams[side]].filter(([, { ended, reset }]) => !reset && (side === 'gateway' || !ended))
    return going.at(-1 - (pick % Math.max(1, going.length)))?.[0] ?? 0
  }

  #take(side: Side, { frames, events }: PipeOutput): void {
    if (this.#over[side]) demand(frames.length + events.length === 0, `the ${side} speaks after the end`)
    for (const frame of frames) {
      this.#observer.sent(side, decodePipeFrame(frame))
      this.#inbox[other(side)].push(frame)
    }
    for (const event of events) this.#note(side, event)
    const unconsumed = [...this.#streams[side].values()].reduce((sum, one) => sum + (one.ended ? 0 : one.unconsumed), 0)
    demand(unconsumed <= this.limits.connectionWindow, `the ${side} holds ${unconsumed} bytes`)
    demand(this.#pipes[side].streams <= this.limits.maxStreams, `the ${side} has too many streams`)
  }

  #note(side: Side, event: PipeEvent): void {
    if (event.kind === 'failed') throw new Error(`an honest ${side} was refused: ${event.code ?? 'by its peer'}`)
    if (event.kind === 'done') this.#over[side] = true
    if (event.kind !== 'data' && event.kind !== 'ended' && event.kind !== 'reset') return
    const known = this.#streams[side].get(event.stream)
    if (known === undefined) throw new Error(`stream ${event.stream} is unknown`)
    demand(!known.reset && !(known.ended && side === 'client'), `stream ${event.stream} goes on after its end`)
    if (event.kind === 'reset') discard(known)
    if (event.kind === 'ended') known.ended = true
    if (event.kind === 'data') {
      const sent = known.expected.subarray(known.got, known.got + event.bytes.length)
      demand(compareBytes(event.bytes, sent) === 0, `stream ${event.stream} changed at ${known.got}`)
      known.got += event.bytes.length
      known.unconsumed += event.bytes.length
    }
  }
}

function record(expected: Uint8Array): Received {
  return { expected, got: 0, unconsumed: 0, ended: false, reset: false }
}

/** Whoever ends a stream, or hears that it has ended, forgets what it held of it. */
function discard(known: Received): void {
  known.reset = true
  known.unconsumed = 0
}

function bodyOf(length: number, seed: number): Uint8Array {
  const body = new Uint8Array(length)
  for (let at = 0; at < length; at++) body[at] = at * 7 + seed
  return body
}
