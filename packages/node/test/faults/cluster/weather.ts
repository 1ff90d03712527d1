import { type RandomBytes } from '@sotto/protocol/crypto'
import { type NodeId } from '@sotto/protocol/swarm'
import { randomFraction } from '../../../src/clock/random-number.ts'

/** How bad the network is. Rates are from 0 to 1. */
export interface Conditions {
  /** Of messages that vanish. */
  readonly loss: number
  /** Of messages that come twice. */
  readonly duplication: number
  /** Each way takes a random time up to this, so that messages overtake each other; ms. */
  readonly maxDelayMs: number
}

/** Everything arrives soon. */
const fair: Conditions = { loss: 0, duplication: 0, maxDelayMs: 5 }

/** What the network does to messages now: the test changes it while it runs. */
export class Weather {
  conditions: Conditions = fair
  readonly #random: RandomBytes
  readonly #cuts = new Set<string>()

  constructor(random: RandomBytes) {
    this.#random = random
  }

  /** Nothing goes from one to the other; the way back is another matter. */
  cut(from: NodeId, to: NodeId): void {
    this.#cuts.add(`${from}${to}`)
  }

  /** All that were cut are whole again, and everything arrives. */
  clear(): void {
    this.#cuts.clear()
    this.conditions = fair
  }

  isCut(from: NodeId, to: NodeId): boolean {
    return this.#cuts.has(`${from}${to}`)
  }

  isLost(): boolean {
    return randomFraction(this.#random) < this.conditions.loss
  }

  isDuplicated(): boolean {
    return randomFraction(this.#random) < this.conditions.duplication
  }

  delayMs(): number {
    return randomFraction(this.#random) * this.conditions.maxDelayMs
  }
}
