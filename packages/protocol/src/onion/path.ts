import type { X25519PublicKey } from '../crypto/index.ts'
import type { NodeId } from '../swarm/index.ts'
import type { OnionCipher } from './cipher.ts'
import { MAX_HOPS } from './limits.ts'
import { OnionError } from './onion-error.ts'
import type { FinalOptions, RouteStyle } from './route-json.ts'
import type { ServerAddress } from './server-address.ts'

/** A node as an onion needs to know it. Spec 20 §4.2. */
export interface OnionNode {
  readonly id: NodeId
  /** Of the existing network: the conversion of the Ed25519 key. */
  readonly key: X25519PublicKey
}

/** A node that answers storage requests. Spec 20 §4.3. */
export interface NodeDestination extends OnionNode, FinalOptions {
  readonly kind: 'node'
}

/** A server outside the network, which the last hop posts to. Spec 40 §1. */
export interface ServerDestination {
  readonly kind: 'server'
  readonly key: X25519PublicKey
  readonly address: ServerAddress
}

/** Who an onion passes through and who it is for. Spec 20 §4.3. */
export interface OnionPath {
  /** The guard first; clients use three. None: the frame is for the destination itself. At most 15. */
  readonly hops: readonly OnionNode[]
  readonly destination: NodeDestination | ServerDestination
}

/** What is chosen beside the path. Spec 20 §4.1. */
export interface OnionOptions {
  readonly cipher: OnionCipher
  /** Default `brief`. */
  readonly style?: RouteStyle
  /** Hides how far along the path the guard stands; 0 to 12 with three hops. Default absent. Spec 20 §4.1. */
  readonly hopNumber?: number
}

/** Who opens the layers, the destination first: the order in which they are sealed. */
export function layerReaders(path: OnionPath): readonly X25519PublicKey[] {
  if (path.hops.length > MAX_HOPS) throw new OnionError('onion.bad-path', { hops: path.hops.length })
  return [path.destination.key, ...path.hops.map(hop => hop.key).toReversed()]
}
