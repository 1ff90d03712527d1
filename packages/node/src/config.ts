import { type Ed25519PublicKey } from '@sotto/protocol/crypto'
import { LINK_CAPABILITY } from '@sotto/protocol/link'
import { HELD_RETRIEVE_CAPABILITY } from '@sotto/protocol/storage'
import { type ListenerLimits } from '@sotto/server'
import { type LinkLimits, type ServerPolicy } from '@sotto/transport'
import { type HeldLimits, productionHeldLimits } from './held/held-limits.ts'
import { type ClientLimits, defaultClientLimits } from './http/client-limits.ts'
import { defaultOnionLimits, type OnionLimits } from './onion/onion-limits.ts'
import { defaultReplayLimits, type ReplayLimits } from './onion/replay-memory.ts'
import { defaultReachabilityLimits, type ReachabilityLimits } from './ping/reachability.ts'
import { type NetworkFacts } from './rpc/network-facts.ts'
import { defaultStoreLimits, type StoreLimits } from './store/limits.ts'
import { productionSwarmLimits, type SwarmLimits } from './swarm/forward/swarm-limits.ts'
import { memberLinkCapability } from './swarm/link/member-transport.ts'

/** Everything that a node lets others use up, part by part. */
export interface NodeLimits {
  /** Those that are left out are the listener's own. */
  readonly listener: Partial<ListenerLimits>
  /** Those that are left out are the links' own. */
  readonly links: Partial<LinkLimits>
  readonly clients: ClientLimits
  readonly onion: OnionLimits
  readonly replay: ReplayLimits
  readonly held: HeldLimits
  readonly swarm: SwarmLimits
  readonly store: StoreLimits
  readonly reachability: ReachabilityLimits
}

/** For a node that faces the internet. */
export const productionLimits: NodeLimits = {
  listener: {},
  links: {},
  clients: defaultClientLimits,
  onion: defaultOnionLimits,
  replay: defaultReplayLimits,
  held: productionHeldLimits,
  swarm: productionSwarmLimits,
  store: defaultStoreLimits,
  reachability: defaultReachabilityLimits,
}

/** An address to listen on. */
export interface ListenAddress {
  readonly host: string
  readonly port: number
}

/** How one node runs. */
export interface NodeConfig {
  /** Its database, its certificate and its memory of onions. */
  readonly folder: string
  /** Where other nodes and clients reach it, over HTTPS. */
  readonly listen: ListenAddress
  /** Health, metrics and statistics, over HTTP: not for the outside. Absent: none. */
  readonly admin?: ListenAddress
  /** Servers outside the network that it passes requests on to. Spec 70 X10. */
  readonly servers: ServerPolicy
  /** Keys of gateways whose links are not limited as one client, but as many. Spec 70, Amendments. */
  readonly gateways?: readonly Ed25519PublicKey[]
  readonly facts: NetworkFacts
  readonly limits: NodeLimits
  /** How long a stop waits for requests that are under way, ms. */
  readonly stopMs: number
}

/** What our nodes can do beyond the existing network, in `info` and in directories. Spec 21 §5. */
export const nodeCapabilities: readonly string[] = [HELD_RETRIEVE_CAPABILITY, memberLinkCapability, LINK_CAPABILITY]

/** What a node says of itself unless it is told otherwise: that it does what the storage server 2.8.0 does. */
export const defaultFacts: NetworkFacts = { hardFork: [19, 3], version: [2, 8, 0], capabilities: nodeCapabilities }

/** What the `Server` header names, and the user agent at servers: clients and servers know no other. Spec 20 §3.1, §4.7. */
export function productName({ version }: NetworkFacts): string {
  return `Oxen Storage Server/${version.join('.')}`
}
