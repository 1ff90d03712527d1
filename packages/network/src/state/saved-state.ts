import { type NodeId } from '@sotto/protocol/swarm'

/** A guard, and how long it stays. Times are Unix ms of the network. */
export interface SavedGuard {
  readonly id: NodeId
  readonly since: number
  readonly until: number
  /** Missing in the list since then, and in so many lists; 0 if it is there. */
  readonly absentSince: number
  readonly absentLists: number
}

/** A guard that is none any more. */
export interface FormerGuard {
  readonly id: NodeId
  /** When it was given up, Unix ms. */
  readonly until: number
}

/** A second hop. */
export interface SavedHop {
  readonly id: NodeId
  readonly until: number
}

/** Failures of a node that point to it. */
export interface SavedStrikes {
  readonly id: NodeId
  readonly count: number
  /** The last one, Unix ms. */
  readonly at: number
}

/** What a node was found to be able or unable to do. */
export interface SavedAbility {
  readonly id: NodeId
  readonly canHold: boolean
  /** Of the software then, as the list had it; another one is asked anew. */
  readonly version: string
  /** Until when that is believed, Unix ms. */
  readonly until: number
}

/** All that the device remembers of the network. */
export interface SavedState {
  readonly guards: readonly SavedGuard[]
  readonly former: readonly FormerGuard[]
  readonly pool: readonly SavedHop[]
  readonly strikes: readonly SavedStrikes[]
  readonly abilities: readonly SavedAbility[]
}

/** The bounds of what is kept. What is oldest goes first. */
export const stateBounds = { guards: 16, former: 64, pool: 16, strikes: 256, abilities: 512 } as const
