/** Times and amounts of what members of a swarm do for each other. */
export interface SwarmLimits {
  /** How long another member may take to carry out a request, ms. Spec 70, X13. */
  readonly peerTimeoutMs: number
  /** How long the reply waits for the rest once a majority has confirmed, ms. */
  readonly quorumGraceMs: number
  /** How long it may take until the disk knows that a request has reached everybody, ms; before, a crash has it sent again. */
  readonly landingMs: number
  /** Of a member that does not answer: the wait before the first and the longest wait between tries, ms. Spec 70, X8, D3. */
  readonly retryMinMs: number
  readonly retryMaxMs: number
  /** How much is taken from a queue, or sent in a piece of a copy, at once. */
  readonly pieceCount: number
  readonly pieceBytes: number
  /** How long the other side may take for a piece, ms. */
  readonly pieceTimeoutMs: number
  /** Between two comparisons with the same member, ms; a random share of the second is added. Spec 70, D9. */
  readonly repairMs: number
  readonly repairJitterMs: number
  /** Ranges with at most so many messages are compared hash by hash. */
  readonly leafMessages: number
  /** How often expired messages are removed, ms. Spec 20 §6. */
  readonly sweepMs: number
  /** Misdeeds after which a node is not listened to, and for how long, ms. */
  readonly maxStrikes: number
  readonly shunMs: number
  /** Requests of one node that are answered at once. Spec 21 §3. */
  readonly maxPendingPerNode: number
  /** Bytes of messages a second that another node may bring by copies and repair, and at once. */
  readonly recordRate: number
  readonly recordBurst: number
  /** Members of a swarm begin copies for the same node one after the other, this far apart, ms. */
  readonly handoverStaggerMs: number
  /** How long it is remembered who served an account before, for copies after swarm changes, ms. */
  readonly handoverMs: number
  /** How long after the last change of swarms accounts are kept that others serve now, ms. Spec 70, D6. */
  readonly foreignMs: number
  /** Whether stores of others can keep a public message beyond 14 days after it came. Spec 70, X15. */
  readonly capPublicAge: boolean
}

/** For the network at large. */
export const productionSwarmLimits: SwarmLimits = {
  peerTimeoutMs: 2_000,
  quorumGraceMs: 50,
  landingMs: 100,
  retryMinMs: 1_000,
  retryMaxMs: 30_000,
  pieceCount: 500,
  pieceBytes: 4_000_000,
  pieceTimeoutMs: 30_000,
  repairMs: 240_000,
  repairJitterMs: 60_000,
  leafMessages: 500,
  sweepMs: 10_000,
  maxStrikes: 3,
  shunMs: 600_000,
  maxPendingPerNode: 4_096,
  recordRate: 33_554_432,
  recordBurst: 134_217_728,
  handoverStaggerMs: 2_000,
  handoverMs: 86_400_000,
  foreignMs: 3_600_000,
  capPublicAge: true,
}
