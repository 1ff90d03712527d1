/** Bounds and times of links to other nodes. Spec 21 §3. */
export interface LinkLimits {
  /** Requests that wait for one link. */
  readonly maxPending: number
  /** Bytes of bodies on one link: of requests not sent yet and replies not complete yet. */
  readonly maxBufferedBytes: number
  /** Neighbours that are connected at the same time. */
  readonly maxTargets: number
  /** Bodies larger than this take the link for large ones, so that a file does not delay a wake. */
  readonly largeBytes: number
  readonly pingMs: number
  /** A link that has not answered a ping for so long is dead. */
  readonly deadMs: number
  /** A link without requests for so long is closed. */
  readonly idleMs: number
  readonly connectTimeoutMs: number
  /** The wait after the first failure to connect; it doubles with each further one, with a random part. */
  readonly backoffMs: number
  readonly maxBackoffMs: number
  /** Connections to one neighbour that does not multiplex. */
  readonly http1Connections: number
}

/** Production values. */
export const defaultLinkLimits: LinkLimits = {
  maxPending: 4096,
  maxBufferedBytes: 256 * 1024 * 1024,
  maxTargets: 4096,
  largeBytes: 64 * 1024,
  pingMs: 15_000,
  deadMs: 30_000,
  idleMs: 600_000,
  connectTimeoutMs: 10_000,
  backoffMs: 250,
  maxBackoffMs: 5000,
  http1Connections: 64,
}
