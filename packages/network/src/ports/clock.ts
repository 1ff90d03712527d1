/** Time of the device. What it means for the network is the business of `NetworkTime`. */
export interface Clock {
  /** Unix ms, as the device has it: it may be wrong and may jump. */
  now(): number
  /** Ms since some moment; never goes back. It may stand still while the device sleeps. */
  monotonic(): number
  /** Ends after `ms`; rejects with the signal's reason as soon as that aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}
