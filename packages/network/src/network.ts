import { type NameRecord, type RegisteredName } from '@sotto/protocol/names'
import { type PathView } from './paths/path-view.ts'
import { type CallOptions, type SwarmSession } from './session/swarm-session.ts'
import { type NetworkTime } from './time/network-time.ts'

/** The network as one device uses it. */
export interface Network {
  readonly time: NetworkTime
  /** Loads what was saved, chooses guards and begins to ask for the time. Does not wait for the network. */
  start(): Promise<void>
  /** Ends all sessions and saves. */
  stop(): Promise<void>
  /** One account and isolation class, such as `own:<account>`. The same name gives the same session until it is closed. */
  session(isolation: string): SwarmSession
  /** What three nodes say of a name; `undefined` if it is not registered. Spec 10 §8. */
  lookUpName(name: RegisteredName, options?: CallOptions): Promise<NameRecord | undefined>
  /** Calls back when a path comes, goes or changes its state; returns what ends that. */
  onPathChange(listener: () => void): () => void
  paths(): readonly PathView[]
}
