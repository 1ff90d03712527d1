import { type ListenerLimits } from '@sotto/server'

/** What may be kept, and for how long. Spec 40 §8.1, §8.2. */
export interface KeepingLimits {
  /** Of one file; decimal numbers are what clients reckon with. */
  readonly maxFileBytes: number
  /** How long a file is kept that nobody asked anything else for: three weeks. */
  readonly ttlSeconds: number
  /** The longest time that may be asked for with `X-FS-TTL`; 0: that header is not read. */
  readonly maxTtlSeconds: number
  /** Of all files together. */
  readonly maxBytes: number
  /** As much of the disk stays free. */
  readonly minFreeBytes: number
}

/** What is under way at once. */
export interface WorkLimits {
  /** Uploads that do not come in an onion, each of which takes a file and a piece of memory. */
  readonly maxUploads: number
  /** A client that sends nothing of its file for so long is given up. Spec 70 §6.2. */
  readonly idleMs: number
  /** Requests that have to be in memory as a whole: those in onions, and those in the deprecated form. */
  readonly maxInMemory: number
  /** More of them that wait for their turn; and how long they do. */
  readonly maxWaiting: number
  readonly waitMs: number
}

/** What one client may do, by its address: IPv4 /32, IPv6 /64. The exit of a path is one client. Spec 70 §6.2. */
export interface ClientLimits {
  readonly putRate: number
  readonly putBurst: number
  readonly getRate: number
  readonly getBurst: number
  /** Clients that are remembered; new ones beyond that are told to come back. */
  readonly maxClients: number
}

/** How what has expired is removed. Spec 40 §8.2. */
export interface CleaningLimits {
  readonly everyMs: number
  /** Files at once. */
  readonly batch: number
}

/** Everything that a file server lets others use up, part by part. */
export interface FileLimits {
  /** Those that are left out are the listener's own. */
  readonly listener: Partial<ListenerLimits>
  readonly keeping: KeepingLimits
  readonly work: WorkLimits
  readonly clients: ClientLimits
  readonly cleaning: CleaningLimits
}

/** For a file server that faces the internet. */
export const productionLimits: FileLimits = {
  // Ten megabytes over a slow line take their time.
  listener: { maxBytesInFlight: 268_435_456, bodyTimeoutMs: 600_000, replyTimeoutMs: 600_000 },
  keeping: {
    maxFileBytes: 10_223_616,
    ttlSeconds: 1_814_400,
    maxTtlSeconds: 0,
    maxBytes: 107_374_182_400,
    minFreeBytes: 1_073_741_824,
  },
  work: { maxUploads: 256, idleMs: 30_000, maxInMemory: 12, maxWaiting: 128, waitMs: 20_000 },
  clients: { putRate: 50, putBurst: 200, getRate: 200, getBurst: 800, maxClients: 10_000 },
  cleaning: { everyMs: 15_000, batch: 200 },
}
