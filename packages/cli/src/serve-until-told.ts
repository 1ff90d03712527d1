import { type LogOutput, runUntilSignal } from '@sotto/server'
import { type Stoppable } from './command.ts'

const deadlineMs = 10_000

/**
 * Runs a started server until SIGINT, SIGTERM, `ended`, or the end of a parent that watches over this process; then stops it
 * and ends the process.
 */
export async function serveUntilTold(
  server: Stoppable,
  log: LogOutput,
  process: NodeJS.Process,
  ended?: AbortSignal,
): Promise<never> {
  const started = { start: async () => undefined, stop: async (ms: number) => server.stop(ms) }
  const end = (): void => void process.emit('SIGTERM')
  await runUntilSignal(started, { process, log, deadlineMs })
  process.once('disconnect', end)
  ended?.addEventListener('abort', end, { once: true })
  process.send?.('ready')
  // The process ends before this does.
  return new Promise<never>(() => {})
}
