import { type MessagePort, parentPort, receiveMessageOnPort } from 'node:worker_threads'
import { databaseErrorOf } from '../database/database-error.ts'
import type { Database } from '../database/database.ts'
import { openDatabase } from '../database/open-database.ts'
import { commitGroup, runOperation, type GroupOutcome, type Write } from './commit-group.ts'
import type { OperationModule, Operations, WriteValue } from './operations.ts'
import {
  sendError,
  type FromWriter,
  type SentFailure,
  type ToWriter,
  type WriterHostMessage,
  type WriterStart,
} from './writer-messages.ts'

/** Opens one database, over the only connection that writes to it, and serves it until it is closed. */
async function host(port: MessagePort, start: WriterStart): Promise<void> {
  const send = (message: FromWriter): void => port.postMessage(message)
  try {
    const { operations, migrations } = (await import(start.module)) as OperationModule
    const database = open(start, migrations)
    listen(port, { database, operations, maxGroup: start.maxGroup, send })
    send({ kind: 'opened', ...(database.movedAside === undefined ? {} : { movedAside: database.movedAside }) })
  } catch (cause) {
    send({ kind: 'not-opened', error: sendError(databaseErrorOf(cause)) })
    port.close()
  }
}

function open(start: WriterStart, migrations: OperationModule['migrations']): Database {
  const { path, synchronous, limits, check, moveAsideAt } = start
  return openDatabase(path, {
    migrations,
    synchronous,
    ...limits,
    ...(check === 'none' ? {} : { check: database => database.isIntact(check) }),
    ...(moveAsideAt === undefined ? {} : { moveAsideAt: { now: () => moveAsideAt } }),
  })
}

interface Writing {
  readonly database: Database
  readonly operations: Operations
  readonly maxGroup: number
  readonly send: (message: FromWriter) => void
}

/**
 * Whatever has come by the time that a commit is done makes up the next group: nobody waits for company. Between two groups
 * other databases of the thread have their turn.
 */
function listen(port: MessagePort, { database, operations, maxGroup, send }: Writing): void {
  const run = (write: Write) => runOperation(database, operations, write)
  let queue: Write[] = []
  let closing = false
  let scheduled = false
  const take = (message: ToWriter): void => {
    if (message === 'close') closing = true
    else queue = queue.concat(writesIn(message))
  }
  const takeAll = (): void => {
    for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
      take(next.message as ToWriter)
    }
  }
  const work = (): void => {
    scheduled = false
    takeAll()
    if (queue.length > 0) {
      const outcome = commitGroup(database, queue.slice(0, maxGroup), run)
      queue = queue.slice(maxGroup)
      sendOutcome(outcome, send)
      // The connection is left as it is: closing it would try to write again.
      if (outcome.fatal !== undefined) return port.close()
      takeAll()
    }
    if (queue.length > 0) {
      scheduled = true
      setImmediate(work)
    } else if (closing) close(port, database, send)
  }
  port.on('message', (message: ToWriter) => {
    take(message)
    if (!scheduled) work()
  })
}

function writesIn(message: readonly WriteValue[]): readonly Write[] {
  return Array.from({ length: message.length / 2 }, (_, at) => ({
    name: message[2 * at] as string,
    params: message[2 * at + 1],
  }))
}

function sendOutcome({ outcomes, fatal }: GroupOutcome, send: (message: FromWriter) => void): void {
  const failures: SentFailure[] = []
  const results = outcomes.map((outcome, at) => {
    if ('result' in outcome) return outcome.result
    failures.push([at, sendError(outcome.error)])
    return undefined
  })
  send({ kind: 'outcomes', results, failures, ...(fatal === undefined ? {} : { fatal: sendError(fatal) }) })
}

function close(port: MessagePort, database: Database, send: (message: FromWriter) => void): void {
  try {
    database.close()
  } catch (cause) {
    // Everything that was answered is in the log; the next start reads it from there.
    databaseErrorOf(cause)
  }
  send({ kind: 'closed' })
  port.close()
}

parentPort?.on('message', ({ start, port }: WriterHostMessage) => void host(port, start))
