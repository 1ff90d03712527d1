import { type Clock } from '@sotto/server'

/** A clock that can be waited for: waits follow its monotonic side. */
export interface FileClock extends Clock {
  /** Ends after `ms`; rejects with the signal's reason as soon as that aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}
