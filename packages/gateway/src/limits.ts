import { gatewayLimits, type PipeLimits } from '@sotto/protocol/pipe'
import { type ListenerLimits } from '@sotto/server'
import { type LinkLimits } from '@sotto/transport'

/** What one client may use up, by its address: IPv4 /32, IPv6 /64. Spec 70 §6.3. */
export interface ClientLimits {
  /** Pipes at once. */
  readonly maxPipes: number
  /** Requests under way at once, on all of its pipes; held ones are among them. */
  readonly maxRequests: number
  /** Requests a second, and how many at once. */
  readonly requestRate: number
  readonly requestBurst: number
  /** Bytes of requests a second, and how many at once. */
  readonly bytesRate: number
  readonly bytesBurst: number
  /** How much more a whole neighbourhood may ask than one client: IPv4 /24, IPv6 /48. */
  readonly neighbourhoodFactor: number
  /** Clients that are remembered; new ones beyond that are told to come back. */
  readonly maxClients: number
}

/** Bounds of the sockets of pipes. Times are in milliseconds. */
export interface SocketLimits {
  /** Pipes at once, of all clients. */
  readonly maxPipes: number
  /** Bytes of requests and replies that wait here, of all clients. */
  readonly maxHeldBytes: number
  /** Bytes for one client that its socket has not taken: above that nothing more is read from it or written. */
  readonly maxUnsentBytes: number
  /** How often times are looked at. */
  readonly tickMs: number
  /** From the WebSocket handshake to the hello of the pipe. */
  readonly helloMs: number
  /** A client that was silent for so long is pinged. */
  readonly pingMs: number
  /** One that was silent for so long is given up. */
  readonly deadMs: number
  /** From the beginning of a request to its last byte. */
  readonly bodyMs: number
  /** How long a client may take nothing of a reply that waits for it. */
  readonly stallMs: number
  /** How long a stop waits for requests. Held ones last longer, and their clients ask again. */
  readonly drainMs: number
}

/** What guards are asked with. */
export interface GuardLimits {
  /** Requests at once to guards that do not multiplex, each of which takes a connection, but for those that are held. */
  readonly maxOpening: number
  /** A request that was not answered for so long counts as held. */
  readonly heldMs: number
  /** Requests that wait for their turn. */
  readonly maxWaiting: number
  /** The longest reply that is taken, bytes. */
  readonly maxReplyBytes: number
}

/** Everything that a gateway lets others use up, part by part. */
export interface GatewayLimits {
  /** Those that are left out are the listener's own. */
  readonly listener: Partial<ListenerLimits>
  /** Those that are left out are the links' own. */
  readonly links: Partial<LinkLimits>
  /** What it says in its hello. */
  readonly pipe: PipeLimits
  readonly clients: ClientLimits
  readonly sockets: SocketLimits
  readonly guards: GuardLimits
}

/**
 * For a gateway that faces the internet. A client may hold as many requests as it could at two guards without a gateway: 32
 * each, spec 70 §6.2.
 */
export const productionLimits: GatewayLimits = {
  listener: {},
  links: { maxPending: 32_768, maxBufferedBytes: 67_108_864, http1Connections: 4096 },
  pipe: { ...gatewayLimits, maxStreams: 64 },
  clients: {
    maxPipes: 32,
    maxRequests: 128,
    requestRate: 20,
    requestBurst: 200,
    bytesRate: 4_000_000,
    bytesBurst: 40_000_000,
    neighbourhoodFactor: 16,
    maxClients: 10_000,
  },
  sockets: {
    maxPipes: 10_000,
    maxHeldBytes: 268_435_456,
    maxUnsentBytes: 1_048_576,
    tickMs: 1000,
    helloMs: 10_000,
    pingMs: 20_000,
    deadMs: 45_000,
    bodyMs: 60_000,
    stallMs: 60_000,
    drainMs: 3000,
  },
  guards: { maxOpening: 64, heldMs: 250, maxWaiting: 4096, maxReplyBytes: 13_981_016 },
}
