/** Times and bounds of a pipe transport; times in milliseconds. */
export interface PipeTransportLimits {
  /** From opening the socket to the gateway's hello. */
  readonly connectMs: number
  /** The wait after the first failure to connect; it doubles with each further one, and half of it is random. */
  readonly backoffMs: number
  readonly maxBackoffMs: number
  /** How long a request waits for a pipe before it fails; a gateway that restarts is back by then. */
  readonly patienceMs: number
  /** After so long without a word from the gateway it is pinged. */
  readonly pingMs: number
  /** How long its answer may take. */
  readonly pongMs: number
  /** What gateways are told of every request, whatever its own time: they must not tell requests apart by it. */
  readonly deadlineMs: number
  /** Requests that wait for a stream or for a pipe. */
  readonly maxWaiting: number
}

/** For everyday use. */
export const defaultPipeTransportLimits: PipeTransportLimits = {
  connectMs: 10_000,
  backoffMs: 250,
  maxBackoffMs: 30_000,
  patienceMs: 3000,
  pingMs: 20_000,
  pongMs: 10_000,
  deadlineMs: 120_000,
  maxWaiting: 1024,
}
