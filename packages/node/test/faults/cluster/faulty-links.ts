import { type NodeId } from '@sotto/protocol/swarm'
import { type ManualClock } from '@sotto/testing'
import { type MemberTransport } from '../../../src/swarm/link/member-transport.ts'
import { type Weather } from './weather.ts'

type Request = Parameters<MemberTransport['request']>
type Reply = Awaited<ReturnType<MemberTransport['request']>>

/** One life of a node, as the links see it. */
export interface LinkEnd {
  readonly isAlive: boolean
  /** Takes messages in and does not answer: the process is stopped. */
  readonly isFrozen: boolean
  handle(frame: Uint8Array, signal: AbortSignal): Promise<Reply>
}

/** Links between nodes on which everything happens that the weather brings. */
export class FaultyLinks {
  readonly #clock: ManualClock
  readonly #weather: Weather
  readonly #ends: ReadonlyMap<NodeId, LinkEnd>

  constructor(clock: ManualClock, weather: Weather, ends: ReadonlyMap<NodeId, LinkEnd>) {
    this.#clock = clock
    this.#weather = weather
    this.#ends = ends
  }

  /** The links of one life of a node: nothing reaches it any more when that is over. */
  of(from: NodeId, isAlive: () => boolean): MemberTransport {
    return {
      request: async (...request) => {
        try {
          return await this.#carry(from, request)
        } finally {
          if (!isAlive()) await forever()
        }
      },
    }
  }

  async #carry(from: NodeId, [target, , body, { timeoutMs, signal }]: Request): Promise<Reply> {
    signal.throwIfAborted()
    const over = new AbortController()
    const time = this.#clock.sleep(timeoutMs, signal).then(() => {
      throw new Error('the time is over')
    })
    time.catch(() => over.abort())
    return Promise.race([this.#exchange(from, target.nodeId, body.slice(), over.signal), time])
  }

  async #exchange(from: NodeId, to: NodeId, body: Uint8Array, signal: AbortSignal): Promise<Reply> {
    await this.#travel(from, to)
    if (this.#weather.isDuplicated()) void this.#again(from, to, body.slice())
    const end = this.#ends.get(to)
    if (end?.isAlive !== true) throw new Error('the connection was refused')
    if (end.isFrozen) return forever()
    const reply = await end.handle(body.slice(), signal)
    if (!end.isAlive || end.isFrozen) return forever()
    await this.#travel(to, from)
    return { status: reply.status, body: reply.body.slice() }
  }

  /** A copy of a request that comes later; nobody waits for its answer. */
  async #again(from: NodeId, to: NodeId, body: Uint8Array): Promise<void> {
    await this.#travel(from, to)
    const end = this.#ends.get(to)
    if (end?.isAlive === true && !end.isFrozen) await end.handle(body, new AbortController().signal)
  }

  /** What is lost never arrives: only its time can end. */
  async #travel(from: NodeId, to: NodeId): Promise<void> {
    await this.#clock.sleep(this.#weather.delayMs())
    if (this.#weather.isCut(from, to) || this.#weather.isLost()) await forever()
  }
}

function forever(): Promise<never> {
  return new Promise(() => {})
}
