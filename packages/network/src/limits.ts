/** How the network is used: sizes, times, patience. Production values are the defaults; tests set others. */
export interface NetworkLimits {
  /** Relays of a path, guard included. */
  readonly hops: number
  /** How long one attempt may take, in ms. Spec 20 §5. */
  readonly attemptMs: number
  /** How long a call may take with all its attempts, in ms, unless it says otherwise. */
  readonly callMs: number
  /** How long a path serves before the next one takes its place, in ms, give or take 30 %. */
  readonly pathLifeMs: number
  /** Failures without a known culprit after which a path is given up. Spec 20 §1.4. */
  readonly pathStrikes: number
  /** Failures after which a node is avoided. Spec 20 §1.4. */
  readonly nodeStrikes: number
  /** For how long a node is avoided, in ms. */
  readonly avoidMs: number
  /** How often a class keeps a path through a guard at most, on top of the usual one, for destinations that stand on it. */
  readonly pathsPerClass: number
  /** Requests of different classes that go out on their own never start closer together, in ms. Spec 70 §5.4. */
  readonly classGapMs: number
  readonly guards: GuardLimits
  readonly watch: WatchLimits
  readonly time: TimeLimits
}

/** Guards and second hops. Spec 70 §5.2. */
export interface GuardLimits {
  readonly primary: number
  readonly spare: number
  /** Kept this long, in ms … */
  readonly lifeMs: number
  /** … give or take up to this, uniformly. */
  readonly lifeJitterMs: number
  /** A guard that is missing in the list for so long, in ms, and in two lists, is replaced. */
  readonly absentMs: number
  /** So many different guards at most … */
  readonly maxDifferent: number
  /** … within this time, in ms. */
  readonly windowMs: number
  /** A guard that is down is tried again after this, in ms; doubled each time up to the second. */
  readonly suspendMs: number
  readonly maxSuspendMs: number
  /** All guards must have been down for so long, in ms, before another one is chosen. */
  readonly allDownMs: number
  /** How many second hops there are. */
  readonly pool: number
  /** Each is kept for the longer of two draws between these, in ms. */
  readonly poolMinLifeMs: number
  readonly poolMaxLifeMs: number
}

/** Held retrieves and polling. Spec 21, spec 20 §5. */
export interface WatchLimits {
  /** Holds are drawn between these, in ms, short ones more often. */
  readonly minHoldMs: number
  readonly maxHoldMs: number
  /** How much later than its hold an answer may come, in ms. */
  readonly holdGraceMs: number
  /** The member that holds is changed after a time between these, in ms. */
  readonly minRotateMs: number
  readonly maxRotateMs: number
  /** Another member is asked after a time between these, in ms. */
  readonly minSecondMs: number
  readonly maxSecondMs: number
  /** Asking again after an answer without news: up to this, in ms. */
  readonly rearmMs: number
  /** Asking again after news: between these, in ms. */
  readonly minRearmNewsMs: number
  readonly maxRearmNewsMs: number
  /** Pauses while it fails: doubled from the first to the second, in ms, give or take 30 %. */
  readonly minBackoffMs: number
  readonly maxBackoffMs: number
  /** Without members that can hold: how often to ask, in ms, give or take 30 %. */
  readonly pollMs: number
  /** A node that cannot hold is asked again whether it can after this, in ms. */
  readonly capabilityMs: number
  /** A namespace that a member refuses is left out there for so long, in ms. */
  readonly excludeMs: number
  /** How many times in a row the rest of a long list is fetched. */
  readonly maxDrain: number
}

/** Network time. Spec 70 §6.5. */
export interface TimeLimits {
  /** How many nodes are asked, and how many answers are enough. */
  readonly samples: number
  readonly minSamples: number
  /** How long a round may take, in ms. */
  readonly roundMs: number
  /** How often, in ms, give or take 30 %. */
  readonly everyMs: number
  /** After a round that failed, in ms; doubled up to the usual. */
  readonly retryMs: number
  /** A larger step, in ms, needs a second round … */
  readonly stepMs: number
  /** … after this, in ms. */
  readonly confirmMs: number
  /** A node this far from the median, in ms, gets a strike. */
  readonly outlierMs: number
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** As it is meant to be used. */
export const productionNetworkLimits: NetworkLimits = {
  hops: 3,
  attemptMs: 10 * second,
  callMs: 30 * second,
  pathLifeMs: 10 * minute,
  pathStrikes: 3,
  nodeStrikes: 3,
  avoidMs: hour,
  pathsPerClass: 6,
  classGapMs: 250,
  guards: {
    primary: 2,
    spare: 1,
    lifeMs: 120 * day,
    lifeJitterMs: 30 * day,
    absentMs: 20 * day,
    maxDifferent: 5,
    windowMs: 120 * day,
    suspendMs: 15 * second,
    maxSuspendMs: hour,
    allDownMs: 10 * minute,
    pool: 4,
    poolMinLifeMs: day,
    poolMaxLifeMs: 12 * day,
  },
  watch: {
    minHoldMs: 6 * second,
    maxHoldMs: 25 * second,
    holdGraceMs: 6 * second,
    minRotateMs: 2 * minute,
    maxRotateMs: 5 * minute,
    minSecondMs: minute,
    maxSecondMs: 2 * minute,
    rearmMs: 100,
    minRearmNewsMs: 20,
    maxRearmNewsMs: 300,
    minBackoffMs: second,
    maxBackoffMs: 30 * second,
    pollMs: 5 * second,
    capabilityMs: day,
    excludeMs: 5 * minute,
    maxDrain: 64,
  },
  time: {
    samples: 5,
    minSamples: 3,
    roundMs: 10 * second,
    everyMs: hour,
    retryMs: 2 * second,
    stepMs: 5 * second,
    confirmMs: 30 * second,
    outlierMs: 30 * second,
  },
}
