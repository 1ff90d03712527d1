import { PipeError } from './pipe-error.ts'

/** What one side takes. Each tells the other its own in `hello`. Sizes are bytes. See docs/protocol/pipe.md. */
export interface PipeLimits {
  /** Requests under way at once, 1 to 65535. Only the gateway's counts. */
  readonly maxStreams: number
  /** The largest piece of data in one frame, 1024 to 65536. */
  readonly maxChunk: number
  /** How much of one stream may be on its way or waiting here, 1024 to 2^31 - 1. */
  readonly streamWindow: number
  /** The same for all streams together. */
  readonly connectionWindow: number
  /** The largest body: of a request for a gateway, of a reply for a client. Up to 2^31 - 1. */
  readonly maxBody: number
  /** The longest time that a gateway waits for a guard, in milliseconds, 1000 to 2^31 - 1. */
  readonly maxDeadlineMs: number
}

/** The largest piece of data that any frame of this version has. */
export const MAX_CHUNK = 65_536
const MAX_WINDOW = 2 ** 31 - 1

/**
 * What a gateway takes unless it is told otherwise: requests of 10 MiB as nodes do, 16 at once per client (spec 21 §3),
 * a deadline above the 30 s after which relays give up.
 */
export const gatewayLimits: PipeLimits = {
  maxStreams: 16,
  maxChunk: MAX_CHUNK,
  streamWindow: 262_144,
  connectionWindow: 1_048_576,
  maxBody: 10_485_760,
  maxDeadlineMs: 120_000,
}

/** What a client takes: replies of 10 MiB in base64, which is a third more. See docs/protocol/pipe.md. */
export const clientLimits: PipeLimits = { ...gatewayLimits, streamWindow: 524_288, maxBody: 13_981_016 }

/** @throws {PipeError} `pipe.bad-limits` */
export function checkLimits(limits: PipeLimits): PipeLimits {
  const { maxStreams, maxChunk, streamWindow, connectionWindow, maxBody, maxDeadlineMs } = limits
  const fits =
    isBetween(maxStreams, 1, 65_535) &&
    isBetween(maxChunk, 1024, MAX_CHUNK) &&
    isBetween(streamWindow, 1024, MAX_WINDOW) &&
    isBetween(connectionWindow, 1024, MAX_WINDOW) &&
    isBetween(maxBody, 0, MAX_WINDOW) &&
    isBetween(maxDeadlineMs, 1000, MAX_WINDOW)
  if (!fits) throw new PipeError('pipe.bad-limits', { ...limits })
  return limits
}

function isBetween(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max
}
