import type { NodeId } from '../swarm/index.ts'
import { encodePipeFrame } from './encode-frame.ts'
import type { PipeFrame } from './frame.ts'
import type { PipeLimits } from './limits.ts'
import type { PipeErrorCode } from './pipe-error.ts'
import type { PipeReason } from './reasons.ts'

/**
 * What the program on this side is told. Bytes are views into the message that was received. See docs/protocol/pipe.md.
 */
export type PipeEvent =
  /** The peer has said hello; `limits` are its own. */
  | { readonly kind: 'ready'; readonly version: number; readonly limits: PipeLimits }
  /** Gateway: a request begins. `length` bytes will come. */
  | {
      readonly kind: 'opened'
      readonly stream: number
      readonly guard: NodeId
      readonly deadlineMs: number
      readonly length: number
    }
  /** Client: the guard answered. */
  | { readonly kind: 'replied'; readonly stream: number; readonly status: number }
  | { readonly kind: 'data'; readonly stream: number; readonly bytes: Uint8Array }
  /** All of the request, or of the reply, has come. */
  | { readonly kind: 'ended'; readonly stream: number }
  /** The stream is over and nothing more comes of it. */
  | { readonly kind: 'reset'; readonly stream: number; readonly reason: PipeReason }
  /** Gateway: what was written has been sent; more is welcome. */
  | { readonly kind: 'writable'; readonly stream: number }
  | { readonly kind: 'pong'; readonly token: Uint8Array }
  /** No new requests; those under way are finished. */
  | { readonly kind: 'going-away'; readonly reason: PipeReason }
  /** After going away: everything is finished, the connection can be closed. */
  | { readonly kind: 'done' }
  /** The peer broke the rules, or says that we did (no code): send the frames and close the connection. */
  | { readonly kind: 'failed'; readonly code: PipeErrorCode | undefined }

/** What follows from an input: messages to send, in order, and what to tell the program. See docs/protocol/pipe.md. */
export interface PipeOutput {
  readonly frames: readonly Uint8Array[]
  readonly events: readonly PipeEvent[]
}

/** Gathers the output of one input. */
export class OutputCollector {
  #frames: Uint8Array[] = []
  #events: PipeEvent[] = []

  send(frame: PipeFrame): void {
    this.#frames.push(encodePipeFrame(frame))
  }

  emit(event: PipeEvent): void {
    this.#events.push(event)
  }

  /** Everything since the last time. */
  take(): PipeOutput {
    const output = { frames: this.#frames, events: this.#events }
    this.#frames = []
    this.#events = []
    return output
  }
}
