import { codedError } from './coded-error.ts'
import { TransportError } from './transport-error.ts'

/** How long something may take, and what can end it before. */
export interface Deadline {
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
}

/**
 * Runs something that heeds a signal. Whatever it throws comes out coded.
 * @throws {TransportError} `transport.timeout`; the reason of the caller's signal once that aborts
 */
export async function withDeadline<Result>(
  { timeoutMs, signal }: Deadline,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted()
  const control = new AbortController()
  const stop = (): void => control.abort(signal?.reason)
  const timer = setTimeout(() => control.abort(new TransportError('transport.timeout', { timeoutMs })), timeoutMs)
  signal?.addEventListener('abort', stop, { once: true })
  try {
    return await run(control.signal)
  } catch (cause) {
    control.signal.throwIfAborted()
    throw codedError(cause)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}

/** Waits for something that cannot be stopped, but not longer than until the signal; its result is then thrown away. */
export async function orAborted<Result>(promise: Promise<Result>, signal: AbortSignal): Promise<Result> {
  signal.throwIfAborted()
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const stop = (): void => reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
