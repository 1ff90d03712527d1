import { type NodeEntry } from '@sotto/registry'
import { type ByteBudget } from '../clients/byte-budget.ts'
import { RequestBody } from './request-body.ts'

/** Where a request stands: its body comes in, its guard is asked, the reply goes out. */
export type CarriedPhase = 'gathering' | 'waiting' | 'replying'

const nothing = new Uint8Array()

/** One request of a client, from its first frame until its reply has been sent. */
export class CarriedRequest {
  readonly stream: number
  readonly guard: NodeEntry
  readonly deadlineMs: number
  readonly body: RequestBody
  readonly #budget: ByteBudget
  #phase: CarriedPhase = 'gathering'
  #control: AbortController | undefined
  #reply: Uint8Array = nothing
  /** Bytes of the reply that were handed to the pipe. */
  #written = 0
  /** How often it was looked at without having moved. */
  ticks = 0
  /** What was left at that time. */
  #leftBefore = -1

  constructor(
    opened: { readonly stream: number; readonly deadlineMs: number; readonly length: number },
    guard: NodeEntry,
    budget: ByteBudget,
  ) {
    this.stream = opened.stream
    this.deadlineMs = opened.deadlineMs
    this.guard = guard
    this.body = new RequestBody(opened.length, budget)
    this.#budget = budget
  }

  get phase(): CarriedPhase {
    return this.#phase
  }

  /** The body is complete and goes to the guard. The signal aborts when nobody waits for the answer any more. */
  post(): { readonly body: Uint8Array; readonly signal: AbortSignal } {
    const control = new AbortController()
    this.#control = control
    this.#phase = 'waiting'
    this.ticks = 0
    return { body: this.body.release(), signal: control.signal }
  }

  /** The guard has answered. False if there is no room for the answer. */
  answer(reply: Uint8Array): boolean {
    if (!this.#budget.take(reply.length)) return false
    this.#phase = 'replying'
    this.#control = undefined
    this.#reply = reply
    this.ticks = 0
    return true
  }

  /** The next piece of the reply, at most so many bytes, and whether it is the last one. */
  takeReply(most: number): { readonly bytes: Uint8Array; readonly last: boolean } {
    const bytes = this.#reply.subarray(this.#written, this.#written + most)
    this.#written += bytes.length
    return { bytes, last: this.#written === this.#reply.length }
  }

  /** For how many looks nothing has moved; `queued` bytes wait in the pipe. */
  stalledFor(queued: number): number {
    const left = this.#reply.length - this.#written + queued
    this.ticks = left === this.#leftBefore ? this.ticks + 1 : 0
    this.#leftBefore = left
    return this.ticks
  }

  /** Lets go of everything; the guard's answer is not waited for. To be called once, at the end. */
  end(): void {
    if (this.#phase === 'gathering') this.body.release()
    if (this.#phase === 'replying') this.#budget.give(this.#reply.length)
    this.#reply = nothing
    this.#control?.abort(gone)
  }
}

/** Why a guard is not waited for: one for all, since a stack for each client that leaves would be costly. */
const gone = new DOMException('nobody waits for this any more', 'AbortError')
