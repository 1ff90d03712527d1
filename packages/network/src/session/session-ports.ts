import { type RandomBytes } from '@sotto/protocol/crypto'
import { type NodeDirectory } from '@sotto/registry'
import { type Dice } from '../dice.ts'
import { type NetworkLimits } from '../limits.ts'
import { type PathKeeper } from '../paths/path-keeper.ts'
import { type PathSet } from '../paths/path-set.ts'
import { type Clock } from '../ports/clock.ts'
import { type Transport } from '../ports/transport.ts'
import { type Abilities } from '../swarm/abilities.ts'
import { type SwarmLookup } from '../swarm/swarm-lookup.ts'
import { type MedianTime } from '../time/median-time.ts'
import { type ClassGate } from '../watch/class-gate.ts'
import { type NodeCaller } from './node-caller.ts'

/** What all sessions of a device share. */
export interface SharedPorts {
  readonly directory: NodeDirectory
  readonly transport: Transport
  readonly clock: Clock
  readonly random: RandomBytes
  readonly dice: Dice
  readonly limits: NetworkLimits
  readonly keeper: PathKeeper
  readonly caller: NodeCaller
  readonly lookup: SwarmLookup
  readonly abilities: Abilities
  readonly time: MedianTime
  readonly gate: ClassGate
}

/** What the parts of one session share. */
export interface SessionPorts extends SharedPorts {
  readonly isolation: string
  readonly paths: PathSet
  /** Aborts when the session is closed. */
  readonly closed: AbortSignal
}
