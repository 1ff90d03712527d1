/** Time as it is handed to the node. `Clock` of the server fits, and so does the tests' `ManualClock`. */
export interface Clock {
  /** Unix ms. May jump. */
  now(): number
  /** Ms since some moment; only ever rises. */
  monotonic(): number
}

/** A clock that can be waited for: waits follow its monotonic side. */
export interface SleepingClock extends Clock {
  /** Ends after `ms`; rejects with the signal's reason as soon as that aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}
