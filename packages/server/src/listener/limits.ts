/** What a listener lets outsiders use up. Times are in milliseconds. */
export interface ListenerLimits {
  /** Connections at once; the next one is closed before its handshake. */
  readonly maxConnections: number
  /** Connections at once from one network (IPv4 /32, IPv6 /64). */
  readonly maxConnectionsPerClient: number
  /** Requests at once on one HTTP/2 connection. */
  readonly maxStreams: number
  /** Requests at once in total, held ones included; the next one is answered with 503. */
  readonly maxRequests: number
  /** Bytes of bodies at once in total, from their arrival until the answer is sent. Spec 70 §6.2. */
  readonly maxBytesInFlight: number
  /** Bytes of all headers of one request. Spec 70 §6.1, F21. */
  readonly maxHeaderBytes: number
  /** Headers of one request. */
  readonly maxHeaders: number
  /** From the accepted connection to the end of the TLS handshake. */
  readonly handshakeTimeoutMs: number
  /** From the first byte of a request to the end of its headers. */
  readonly headersTimeoutMs: number
  /** From the end of the headers to the end of the body. */
  readonly bodyTimeoutMs: number
  /** From the start of an answer until the client has taken it. */
  readonly replyTimeoutMs: number
  /** How long a connection may stay without any request. */
  readonly idleTimeoutMs: number
}

/** For one node that faces the internet. */
export const defaultListenerLimits: ListenerLimits = {
  maxConnections: 20_000,
  maxConnectionsPerClient: 512,
  maxStreams: 4096,
  maxRequests: 120_000,
  maxBytesInFlight: 1_073_741_824,
  maxHeaderBytes: 16_384,
  maxHeaders: 64,
  handshakeTimeoutMs: 10_000,
  headersTimeoutMs: 10_000,
  bodyTimeoutMs: 60_000,
  replyTimeoutMs: 60_000,
  idleTimeoutMs: 120_000,
}
