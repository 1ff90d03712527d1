import { type ConvertedKeys, type RandomBytes } from '@sotto/protocol/crypto'
import { type CheckContext, type Outcome, type RecursiveMethod, type StorageRequest } from '@sotto/protocol/storage'
import { type NodeDirectory } from '@sotto/registry'
import { type Clock } from '../clock/clock.ts'
import { type HeldRetrieves } from '../held/held-retrieves.ts'
import { type NodeStore } from '../store/port/node-store.ts'
import { type NetworkFacts } from './network-facts.ts'
import { type ServedSwarm } from './served-swarm.ts'

/** Carries out a change on this node and on the other members of the swarm. Spec 20 §3.5. */
export interface SwarmWrites {
  write<M extends RecursiveMethod>(request: StorageRequest<M>, arrivedAt: number): Promise<Outcome>
}

/** What the methods of the storage RPC work with. */
export interface NodeContext {
  readonly clock: Clock
  readonly random: RandomBytes
  readonly directory: NodeDirectory
  readonly served: ServedSwarm
  readonly facts: NetworkFacts
  readonly store: NodeStore
  readonly convertedKeys: ConvertedKeys
  readonly writes: SwarmWrites
  readonly held: HeldRetrieves
}

/** What requests are judged by that come from clients. */
export function checkContext(
  { facts, store, convertedKeys }: Pick<NodeContext, 'facts' | 'store' | 'convertedKeys'>,
  now: number,
): CheckContext {
  return {
    now,
    isForwarded: false,
    hardFork: facts.hardFork,
    isRevoked: (owner, token) => store.isRevoked(owner, token),
    convertKey: key => convertedKeys.convert(key),
  }
}
