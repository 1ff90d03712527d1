import { writeSync } from 'node:fs'
import { Listener, LogOutput, runUntilSignal, systemClock } from '@sotto/server'

/** A server that does nothing but listen; with `hang` it does not stop. */
const log = new LogOutput({ level: 'info', format: 'json', clock: systemClock, write: line => void writeSync(1, line) })
const listener = new Listener({ host: '127.0.0.1', port: 0, routes: new Map(), log })
const server = {
  start: () => listener.start(),
  stop: (deadlineMs: number) =>
    process.argv[2] === 'hang' ? new Promise<void>(() => undefined) : listener.stop(deadlineMs),
}
await runUntilSignal(server, { process, log, deadlineMs: 10 })
