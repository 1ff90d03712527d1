/** What held retrieves may take up. Spec 21 §6. */
export interface HeldLimits {
  /** Requests a second for one account, and how many may come at once. */
  readonly accountRate: number
  readonly accountBurst: number
  /** Accounts whose rate is remembered. */
  readonly maxRatedAccounts: number
  /** Holders of one account with the prefix 05; past that the oldest is let go. */
  readonly holdersPerUser: number
  /** The same for any other prefix: groups have many members. */
  readonly holdersPerGroup: number
  /** Requests held, and entries in them, on the whole node. */
  readonly maxHolders: number
  readonly maxEntries: number
  /** Entries without a signature: in one request, and on the whole node. */
  readonly unsignedPerRequest: number
  readonly maxUnsigned: number
  /** Signature checks a second, all accounts together, and how many at once. Spec 70 §6.2. */
  readonly checkRate: number
  readonly checkBurst: number
  /** Of holders in each second that the node is overloaded, the oldest first. */
  readonly shedShare: number
  /** How long reads are kept for others that ask the same, ms, and how many bytes of messages. */
  readonly cacheMs: number
  readonly cacheBytes: number
}

/** For the network at large. */
export const productionHeldLimits: HeldLimits = {
  accountRate: 4,
  accountBurst: 20,
  maxRatedAccounts: 100_000,
  holdersPerUser: 16,
  holdersPerGroup: 256,
  maxHolders: 20_000,
  maxEntries: 100_000,
  unsignedPerRequest: 4,
  maxUnsigned: 1_000,
  checkRate: 6_000,
  checkBurst: 12_000,
  shedShare: 0.05,
  cacheMs: 1_000,
  cacheBytes: 33_554_432,
}
