import type { NodeId } from '../swarm/index.ts'
import type { PipeLimits } from './limits.ts'
import type { PipeReason } from './reasons.ts'

/** The only version so far. See docs/protocol/pipe.md. */
export const PIPE_VERSION = 1

/**
 * One message of the pipe: type u8 ‖ stream u32 ‖ what the type says; numbers are big-endian. Stream 0 is the connection
 * itself. The table is in docs/protocol/pipe.md.
 */
export type PipeFrame =
  | { readonly type: 'hello'; readonly version: number; readonly limits: PipeLimits }
  | OpenFrame
  | { readonly type: 'data'; readonly stream: number; readonly bytes: Uint8Array; readonly last: boolean }
  | { readonly type: 'reply'; readonly stream: number; readonly status: number }
  | { readonly type: 'credit'; readonly stream: number; readonly bytes: number }
  | { readonly type: 'reset'; readonly stream: number; readonly reason: PipeReason }
  /** `token` is 8 bytes that come back in a pong. */
  | { readonly type: 'ping' | 'pong'; readonly token: Uint8Array }
  /** `lastStream` is the newest one that is still answered. */
  | { readonly type: 'go-away'; readonly lastStream: number; readonly reason: PipeReason }

/** Begins a stream. See docs/protocol/pipe.md. */
export interface OpenFrame {
  readonly type: 'open'
  readonly stream: number
  /** The node that gets the body as a `POST /onion_req/v2`. */
  readonly guard: NodeId
  /** How long to wait for its answer, from the end of the request. */
  readonly deadlineMs: number
  /** Bytes of the request body. */
  readonly length: number
}

/** Whether a number can be the status of a reply: 100 to 599. */
export function isStatus(status: number): boolean {
  return Number.isInteger(status) && status >= 100 && status <= 599
}

/** The first byte of each kind. `last` is the piece of data that ends its direction. */
export const frameTypes = {
  hello: 0x01,
  open: 0x02,
  data: 0x03,
  last: 0x04,
  reply: 0x05,
  credit: 0x06,
  reset: 0x07,
  ping: 0x08,
  pong: 0x09,
  goAway: 0x0a,
} as const

/** Type and stream, in front of every frame. */
export const HEADER_SIZE = 5
/** What `open` is for: to post an onion. Other purposes would have other numbers. */
export const PURPOSE_ONION = 1
