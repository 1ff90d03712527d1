/** Time as it is handed to whatever needs it; a test hands in one that stands still. */
export interface Clock {
  /** Unix ms. May jump. */
  now(): number
  /** Ms since some moment; only ever rises. For waits and rates. */
  monotonic(): number
}

/** The machine's own clocks. Only `main` files and adapters use this. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
}
