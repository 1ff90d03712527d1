import { NetworkError } from './network-error.ts'
import { type Clock } from './ports/clock.ts'

/** A time by which something must be over, and what ends it early. */
export interface Limit {
  readonly clock: Clock
  readonly ms: number
  readonly signal?: AbortSignal | undefined
}

/**
 * Runs with a signal that aborts after so long, or when the outer signal does. It does not wait for work that ignores its
 * signal.
 * @throws {NetworkError} `network.timed-out`, `network.aborted`, or what the work throws
 */
export async function withDeadline<Result>(
  { clock, ms, signal }: Limit,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  if (signal?.aborted === true) throw aborted()
  const [work, timer] = [new AbortController(), new AbortController()]
  return new Promise((resolve, reject) => {
    const end = (error: NetworkError): void => {
      reject(error)
      work.abort(error)
    }
    const onAbort = (): void => end(aborted())
    signal?.addEventListener('abort', onAbort)
    const settle = (): void => {
      signal?.removeEventListener('abort', onAbort)
      timer.abort(settled)
    }
    void clock.sleep(ms, timer.signal).then(
      () => end(new NetworkError('network.timed-out')),
      () => {},
    )
    void run(work.signal).then(resolve, reject).finally(settle)
    work.signal.addEventListener('abort', settle)
  })
}

/** Sleeps, but an abort is a `NetworkError` like everywhere. */
export async function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted === true) throw aborted()
  try {
    await clock.sleep(ms, signal)
  } catch (cause) {
    throw isAborted(signal) ? aborted() : cause
  }
}

/** It may have changed while something was awaited, which the compiler does not expect. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true
}

/** Waits for work that goes on for others when this wait is given up. */
export async function unlessAborted<Result>(work: Promise<Result>, signal?: AbortSignal): Promise<Result> {
  if (signal === undefined) return work
  if (signal.aborted) throw aborted()
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(aborted())
    signal.addEventListener('abort', onAbort)
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

/** What a given-up wait rejects with. */
export function aborted(): NetworkError {
  return new NetworkError('network.aborted')
}

/** Why a wait ends that is not needed any more. Nobody sees it. */
const settled = new NetworkError('network.aborted')
