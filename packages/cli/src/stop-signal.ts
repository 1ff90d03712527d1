/** The part of a process that is told to end. */
interface Stoppable {
  on(event: 'SIGINT' | 'SIGTERM' | 'disconnect', listener: () => void): unknown
  exit(code: number): void
}

/**
 * Aborts at the first SIGINT or SIGTERM, or when the parent that watches over this process is gone; a second signal ends the
 * process at once.
 */
export function stopSignal(process: Stoppable): AbortSignal {
  const controller = new AbortController()
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(1)
    controller.abort()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  process.on('disconnect', () => controller.abort())
  return controller.signal
}

/** Ends when the signal aborts. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>(resolve => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
