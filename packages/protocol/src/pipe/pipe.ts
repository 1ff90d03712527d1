import type { NodeId } from '../swarm/index.ts'
import type { PipeOutput } from './output.ts'
import type { PipeReason } from './reasons.ts'

/** The client opens streams, the gateway answers them. See docs/protocol/pipe.md. */
export type PipeRole = 'client' | 'gateway'

/** A request that a client wants carried. See docs/protocol/pipe.md. */
export interface PipeRequest {
  /** Who gets it. */
  readonly guard: NodeId
  /** How long the gateway is to wait for the answer; cut to what it allows. */
  readonly deadlineMs: number
  /** The sealed onion. Kept until it is sent, not copied. */
  readonly body: Uint8Array
}

/**
 * One end of a pipe, as a state machine: every input gives the messages to send and the events that follow. It holds no
 * socket and no clock. Time-outs, pings and closing are the caller's, who must send all frames of an output in order.
 *
 * Calls about a stream that is over do nothing, because the peer may have ended it a moment before. After `failed`,
 * `done` or `lost` nothing does anything, but `open` throws. See docs/protocol/pipe.md.
 */
export interface Pipe {
  readonly role: PipeRole
  /** Whether `open` would find a pipe that takes requests. */
  readonly isOpen: boolean
  /** How many requests are under way. */
  readonly streams: number
  /** Says hello, when the connection is there; any other input says it first if this was forgotten. */
  start(): PipeOutput
  /** Takes one message of the peer. Never throws: a broken rule gives `failed`. */
  receive(message: Uint8Array): PipeOutput
  /**
   * Client: sends a request.
   * @throws {PipeError} `pipe.wrong-role`, `pipe.not-open`, `pipe.too-many-streams`, `pipe.too-large`,
   * `pipe.streams-used-up`
   */
  open(request: PipeRequest): PipeOutput & { readonly stream: number }
  /**
   * Gateway: begins the reply to a complete request.
   * @throws {PipeError} `pipe.wrong-role`, `pipe.too-early`, `pipe.out-of-order` if it has begun, `pipe.bad-value` for a status
   * outside 100 to 599, after which the stream is to be reset
   */
  reply(stream: number, status: number): PipeOutput
  /**
   * Gateway: the next bytes of the reply; `last` ends it. What the client has no room for waits here, up to `maxQueued`
   * bytes; `writable` says when it is gone. The bytes are kept until they are sent; only small pieces that wait are copied.
   * @throws {PipeError} `pipe.wrong-role`, `pipe.too-early`, `pipe.after-end`, `pipe.buffer-full`, and `pipe.too-large` for
   * a reply over the client's limit, which is then to be reset
   */
  write(stream: number, bytes: Uint8Array, last: boolean): PipeOutput
  /** This side has dealt with so many bytes of the stream's `data` and can take as many more. */
  consumed(stream: number, bytes: number): PipeOutput
  /** Ends a stream in both directions. */
  reset(stream: number, reason: PipeReason): PipeOutput
  /** Asks for a sign of life: the 8 bytes come back in a `pong`. Tokens of another length are not sent. */
  ping(token: Uint8Array): PipeOutput
  /** No new streams. Those under way go on; then comes `done`. */
  goAway(reason: PipeReason): PipeOutput
  /** The connection is gone: every stream ends with `connection-lost`. */
  lost(): PipeOutput
  /** Bytes of a reply that wait for room. */
  queued(stream: number): number
}

/** What is not told to the peer. See docs/protocol/pipe.md. */
export interface PipeOptions {
  /** The most bytes of one reply that wait for room. Default 1 MiB. */
  readonly maxQueued?: number
}
