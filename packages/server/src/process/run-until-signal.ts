import { Log } from '../log/log.ts'
import type { LogOutput } from '../log/log-output.ts'
import type { NoFields } from '../log/words.ts'

/** Anything that is started and stopped: `ServiceNode`, `Gateway` and so on. */
export interface Startable {
  start(): Promise<void>
  /** Ends in good order; what is not done by the deadline is cut. */
  stop(deadlineMs: number): Promise<void>
}

/** The part of a process that is needed; `node:process` is one. */
export interface ProcessPort {
  on(event: 'SIGINT' | 'SIGTERM', listener: () => void): unknown
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (cause: unknown) => void): unknown
  exit(code: number): void
}

/** What is logged about the process itself. */
export interface ProcessEvents {
  readonly 'process.stopping': { readonly signal: 'sigint' | 'sigterm' }
  readonly 'process.stopped': NoFields
  /** It did not stop in time, or a second signal came. */
  readonly 'process.cut': NoFields
  readonly 'process.not-started': NoFields
  /** An error that nothing caught: a mistake in the program. */
  readonly 'process.failed': NoFields
}

/** How a server is run. */
export interface RunOptions {
  readonly process: ProcessPort
  readonly log: LogOutput
  /** From the signal to the end, in ms. */
  readonly deadlineMs: number
}

/** Exit codes besides 0. */
const failed = 1
const cut = 130

/**
 * Runs a server until SIGINT or SIGTERM: the first lets it stop in good order, a second ends the process at once, and so
 * does the deadline. An error that nothing caught is logged without its message, which Node would print, and stops the
 * server. The promise is for those who wait for the start; a start that fails ends the process.
 */
export async function runUntilSignal(
  server: Startable,
  { process, log: output, deadlineMs }: RunOptions,
): Promise<void> {
  const log = new Log<ProcessEvents>(output)
  let stopping = false
  const cutShort = (): void => {
    log.warn('process.cut')
    process.exit(cut)
  }
  const stop = async (code: number): Promise<void> => {
    if (stopping) return cutShort()
    stopping = true
    // A little later than the server's own deadline, so that this one only ends what hangs.
    const timer = setTimeout(cutShort, deadlineMs + 1000)
    try {
      await server.stop(deadlineMs)
      log.info('process.stopped')
      process.exit(code)
    } catch (error) {
      log.failure('process.failed', error)
      process.exit(failed)
    } finally {
      clearTimeout(timer)
    }
  }
  const onSignal = (signal: 'sigint' | 'sigterm'): void => {
    log.info('process.stopping', { signal })
    void stop(0)
  }
  const onMistake = (cause: unknown): void => {
    log.failure('process.failed', cause)
    if (!stopping) void stop(failed)
  }
  process.on('SIGINT', () => onSignal('sigint'))
  process.on('SIGTERM', () => onSignal('sigterm'))
  process.on('uncaughtException', onMistake)
  process.on('unhandledRejection', onMistake)
  try {
    await server.start()
  } catch (error) {
    log.failure('process.not-started', error)
    process.exit(failed)
  }
}
