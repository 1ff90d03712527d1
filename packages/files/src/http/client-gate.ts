import { type RandomBytes } from '@sotto/protocol/crypto'
import { type Clock, RateLimiter, type ServerRequest } from '@sotto/server'
import { type ClientLimits } from '../limits.ts'

/** Which of two budgets a request takes from. */
export type RequestKind = 'put' | 'get'

/** How much each client may ask. Spec 70 §6.2. */
export class ClientGate {
  readonly #limiters: Readonly<Record<RequestKind, RateLimiter>>

  constructor(limits: ClientLimits, ports: { readonly clock: Pick<Clock, 'monotonic'>; readonly random: RandomBytes }) {
    const limiter = (refillPerSecond: number, capacity: number): RateLimiter => {
      const { maxClients } = limits
      return new RateLimiter({ capacity, refillPerSecond, maxClients, ipv4Bits: 32, ipv6Bits: 64 }, ports)
    }
    const { putRate, putBurst, getRate, getBurst } = limits
    this.#limiters = { put: limiter(putRate, putBurst), get: limiter(getRate, getBurst) }
  }

  /** False: answer 429. */
  take({ peer }: ServerRequest, kind: RequestKind): boolean {
    return this.#limiters[kind].take(peer)
  }
}
