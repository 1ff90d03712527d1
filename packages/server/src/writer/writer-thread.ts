import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { databaseErrorOf } from '../database/database-error.ts'
import type { Database } from '../database/database.ts'
import { openDatabase } from '../database/open-database.ts'
import { commitGroup, runOperation, type GroupOutcome, type Write } from './commit-group.ts'
import type { OperationModule, Operations } from './operations.ts'
import { sendError, type FromWriter, type ToWriter, type WriterStart } from './writer-messages.ts'

/** The thread of a `DatabaseWriter`: owns the only connection that writes. */
async function main(port: MessagePort, start: WriterStart): Promise<void> {
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

/** Whatever has come by the time that a commit is done makes up the next group: nobody waits for company. */
function listen(port: MessagePort, { database, operations, maxGroup, send }: Writing): void {
  const run = (write: Write) => runOperation(database, operations, write)
  let queue: Write[] = []
  let closing = false
  const take = (message: ToWriter): void => {
    if (message === 'close') closing = true
    else queue = queue.length === 0 ? [...message] : queue.concat(message)
  }
  const takeAll = (): void => {
    for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
      take(next.message as ToWriter)
    }
  }
  port.on('message', (message: ToWriter) => {
    take(message)
    for (takeAll(); queue.length > 0; takeAll()) {
      const outcome = commitGroup(database, queue.slice(0, maxGroup), run)
      queue = queue.slice(maxGroup)
      sendOutcome(outcome, send)
      // The connection is left as it is: closing it would try to write again.
      if (outcome.fatal !== undefined) return port.close()
    }
    if (closing) close(port, database, send)
  })
}

function sendOutcome({ outcomes, fatal }: GroupOutcome, send: (message: FromWriter) => void): void {
  send({
    kind: 'outcomes',
    outcomes: outcomes.map(outcome => ('error' in outcome ? { error: sendError(outcome.error) } : outcome)),
    ...(fatal === undefined ? {} : { fatal: sendError(fatal) }),
  })
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

if (parentPort !== null) await main(parentPort, workerData as WriterStart)
