/** What one client may ask of a node, by its address: IPv4 /32, IPv6 /64. */
export interface ClientLimits {
  /** Storage requests without an onion, and how many at once. Spec 20 §3.17. */
  readonly rpcRate: number
  readonly rpcBurst: number
  /** Onions a second to this node as the guard, and how many at once. Spec 70 §6.3. */
  readonly onionRate: number
  readonly onionBurst: number
  /** Bytes of onions a second, and how many at once. */
  readonly onionBytesRate: number
  readonly onionBytesBurst: number
  /** Onions that wait for their answer; held retrieves are among them. Spec 70 §6.2. */
  readonly maxOnionsInFlight: number
  /** How much more a whole neighbourhood may ask than one client: IPv4 /24, IPv6 /48. */
  readonly neighbourhoodFactor: number
  /** How many clients a gateway counts as that is known by its key: it keeps each of its own within the limits. */
  readonly gatewayFactor: number
  /** Clients that are remembered; new ones beyond that are told to come back. Spec 20 §3.17. */
  readonly maxClients: number
}

/** For a node that faces the internet. */
export const defaultClientLimits: ClientLimits = {
  rpcRate: 300,
  rpcBurst: 600,
  onionRate: 20,
  onionBurst: 200,
  onionBytesRate: 4_000_000,
  onionBytesBurst: 40_000_000,
  maxOnionsInFlight: 32,
  neighbourhoodFactor: 16,
  gatewayFactor: 1000,
  maxClients: 10_000,
}
