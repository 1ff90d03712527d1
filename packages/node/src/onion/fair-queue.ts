/** How much waits when a node has more to do than it can. Times are in ms. */
export interface FairQueueLimits {
  /** How long a node works on what it is sent before it looks at what else has come. */
  readonly turnMs: number
  /** What one side may have waiting. */
  readonly maxQueuedPerSide: number
  /** What all sides together may have waiting, bytes. */
  readonly maxQueuedBytes: number
  /** A side whose oldest waits for longer may not add anything: the newest is refused first. Spec 70 §6.2. */
  readonly maxQueueMs: number
}

/** What the queue needs of its surroundings. */
export interface FairQueuePorts {
  /** Monotonic, ms. */
  readonly now: () => number
  /** Runs something once what has come meanwhile was taken; not at once. */
  readonly defer: (run: () => void) => void
}

interface Job {
  readonly run: () => void
  readonly size: number
  readonly since: number
}

interface Lane {
  /** In their order; those before `next` have run. */
  jobs: Job[]
  next: number
  /** What this side may still do in this round, and how much it is given for each. */
  credit: number
  readonly share: number
}

/** What a job costs: opening a layer takes as long as copying and opening so many bytes. */
const bytesOfOne = 32_768
/** Bytes of a job beside what it holds. */
const jobOverhead = 500

/**
 * Gives every previous hop its share of a node: whoever sends more than that waits behind itself only. While there is time,
 * jobs run as they come; what a turn has no time for waits, each side on its own, and is taken in rounds in which a side
 * has as much done as its share says (deficit round robin). Spec 70 §6.3.
 */
export class FairQueue<Side> {
  readonly #limits: FairQueueLimits
  readonly #ports: FairQueuePorts
  readonly #shareOf: (side: Side) => number
  /** Sides that have something waiting, the next one first. */
  readonly #lanes = new Map<Side, Lane>()
  #size = 0
  #bytes = 0
  /** When the turn began that is under way; `undefined` if nothing has run since the last one. */
  #turnAt: number | undefined
  #isDeferred = false

  /** `shareOf` says how much of the node a side has beside others that have 1; at least 1. */
  constructor(limits: FairQueueLimits, ports: FairQueuePorts, shareOf: (side: Side) => number = () => 1) {
    this.#limits = limits
    this.#ports = ports
    this.#shareOf = shareOf
  }

  /** How many jobs wait. */
  get size(): number {
    return this.#size
  }

  /** Runs a job now or later. `undefined`, and it never runs, if too much waits already. `bytes` are what it holds meanwhile. */
  run<Result>(side: Side, bytes: number, job: () => Promise<Result>): Promise<Result> | undefined {
    const now = this.#ports.now()
    if (this.#size === 0 && this.#hasTime(now)) return job()
    const lane = this.#lanes.get(side)
    if (!this.#hasRoom(lane, bytes, now)) return undefined
    return new Promise<Result>((resolve, reject) => {
      const run = (): void => void job().then(resolve, reject)
      this.#push(side, lane, { run, size: bytes + jobOverhead, since: now })
    })
  }

  #hasTime(now: number): boolean {
    if (this.#turnAt === undefined) {
      this.#turnAt = now
      this.#deferNext()
    }
    return now - this.#turnAt < this.#limits.turnMs
  }

  #hasRoom(lane: Lane | undefined, bytes: number, now: number): boolean {
    const { maxQueuedPerSide, maxQueuedBytes, maxQueueMs } = this.#limits
    if (this.#bytes + bytes + jobOverhead > maxQueuedBytes) return false
    if (lane === undefined) return true
    const oldest = lane.jobs[lane.next]
    const isOld = oldest !== undefined && now - oldest.since > maxQueueMs
    return !isOld && lane.jobs.length - lane.next < maxQueuedPerSide
  }

  #push(side: Side, known: Lane | undefined, job: Job): void {
    const lane = known ?? { jobs: [], next: 0, credit: 0, share: Math.max(1, this.#shareOf(side)) }
    if (known === undefined) this.#lanes.set(side, lane)
    lane.jobs.push(job)
    this.#size += 1
    this.#bytes += job.size
    this.#deferNext()
  }

  #deferNext(): void {
    if (this.#isDeferred) return
    this.#isDeferred = true
    this.#ports.defer(() => {
      this.#isDeferred = false
      this.#turnAt = undefined
      if (this.#size > 0) this.#work()
    })
  }

  /** One turn: sides one after the other, as long as there is time. At least one job runs. */
  #work(): void {
    const endsAt = this.#ports.now() + this.#limits.turnMs
    this.#turnAt = endsAt - this.#limits.turnMs
    let isOver = false
    while (!isOver && this.#size > 0) {
      const [next] = this.#lanes
      if (next === undefined) break
      isOver = this.#serve(...next, endsAt)
    }
    if (this.#size > 0) this.#deferNext()
    else this.#turnAt = undefined
  }

  /** Does what the share of the first side allows for, then sends it to the end. True if the time is over. */
  #serve(side: Side, lane: Lane, endsAt: number): boolean {
    lane.credit += lane.share
    while (lane.credit > 0) {
      const job = lane.jobs[lane.next]
      if (job === undefined) break
      this.#take(lane, job)
      if (lane.credit <= 0 || lane.jobs.length === lane.next || this.#ports.now() < endsAt) continue
      // Its round is not over: it goes on with the next turn, and is given nothing anew for it.
      lane.credit -= lane.share
      return true
    }
    this.#lanes.delete(side)
    if (lane.next < lane.jobs.length) this.#lanes.set(side, lane)
    return this.#ports.now() >= endsAt
  }

  #take(lane: Lane, job: Job): void {
    lane.next += 1
    // Taken out of the front now and then, not one by one.
    if (lane.next >= 64 && 2 * lane.next >= lane.jobs.length) {
      lane.jobs = lane.jobs.slice(lane.next)
      lane.next = 0
    }
    lane.credit -= 1 + job.size / bytesOfOne
    this.#size -= 1
    this.#bytes -= job.size
    job.run()
  }
}
