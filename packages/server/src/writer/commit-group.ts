import type { SottoError } from '@sotto/protocol/error'
import type { Database } from '../database/database.ts'
import { DatabaseError, databaseErrorOf } from '../database/database-error.ts'
import type { Operations, WriteValue } from './operations.ts'

/** One change as it was asked for. */
export interface Write {
  readonly name: string
  readonly params: WriteValue
}

/** What became of one change. A result means that it is on disk. */
type WriteOutcome = { readonly result: WriteValue } | { readonly error: SottoError }

/** The outcomes in the order of the changes. After `fatal` the connection must not be used again. */
export interface GroupOutcome {
  readonly outcomes: readonly WriteOutcome[]
  readonly fatal?: DatabaseError
}

/** The part of a connection that is needed here; tests put one between that breaks. */
export type WriteConnection = Pick<Database, 'begin' | 'commit' | 'rollback' | 'inTransaction' | 'prepare' | 'exec'>

/** Runs one change. */
type Run = (write: Write) => WriteValue

/**
 * Makes a group of changes in one transaction. If one fails, which is rare, all are made again, each behind a savepoint: it is
 * undone alone, and the others are kept. When SQLite gives up the whole transaction, or cannot commit it because the disk is
 * full, each is tried once more in a transaction of its own, so that a small one can still succeed beside a large one.
 */
export function commitGroup(connection: WriteConnection, group: readonly Write[], run: Run): GroupOutcome {
  try {
    connection.begin()
  } catch (cause) {
    // Locked, or not to be written to: waiting for each change again would not help.
    const error = databaseErrorOf(cause)
    return isFatal(error) ? failAll(group, error) : { outcomes: group.map(() => ({ error })) }
  }
  try {
    const outcomes = runAll(connection, group, run) ?? runGuarded(connection, group, run)
    if (outcomes !== undefined) {
      connection.commit()
      return { outcomes }
    }
  } catch (cause) {
    const error = databaseErrorOf(cause)
    if (isFatal(error)) return failAll(group, error)
    undo(connection)
    if (group.length === 1) return { outcomes: [{ error }] }
  }
  return commitEach(connection, group, run)
}

/** Finds the operation of a change and calls it. */
export function runOperation(database: Database, operations: Operations, { name, params }: Write): WriteValue {
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
  if (operation === undefined) throw new DatabaseError('database.failed', { unknown: true })
  return operation(database, params as never)
}

/** `undefined` if one of several failed: then nothing of them is left, and the transaction is a new one. */
function runAll(connection: WriteConnection, group: readonly Write[], run: Run): readonly WriteOutcome[] | undefined {
  try {
    return group.map(write => ({ result: run(write) }))
  } catch (cause) {
    const error = databaseErrorOf(cause)
    if (group.length === 1 || isFatal(error)) throw error
    connection.rollback()
    connection.begin()
    return undefined
  }
}

/** `undefined` when SQLite has ended the transaction and all of it is gone. */
function runGuarded(
  connection: WriteConnection,
  group: readonly Write[],
  run: Run,
): readonly WriteOutcome[] | undefined {
  const outcomes: WriteOutcome[] = []
  for (const write of group) {
    connection.prepare('SAVEPOINT one').run()
    try {
      outcomes.push({ result: run(write) })
    } catch (cause) {
      const error = databaseErrorOf(cause)
      if (isFatal(error)) throw error
      if (!connection.inTransaction) return undefined
      connection.prepare('ROLLBACK TO one').run()
      outcomes.push({ error })
    }
    connection.prepare('RELEASE one').run()
  }
  return outcomes
}

function commitEach(connection: WriteConnection, group: readonly Write[], run: Run): GroupOutcome {
  const outcomes: WriteOutcome[] = []
  for (const [at, write] of group.entries()) {
    const { outcomes: own, fatal } = commitGroup(connection, [write], run)
    outcomes.push(...own)
    if (fatal === undefined) continue
    return { outcomes: [...outcomes, ...failAll(group.slice(at + 1), fatal).outcomes], fatal }
  }
  return { outcomes }
}

function undo(connection: WriteConnection): void {
  try {
    connection.rollback()
  } catch {
    // The next BEGIN fails then, and with it every change: none is answered as if it had been made.
  }
}

/** After an I/O error nobody knows what the disk holds, nor whether the next sync would tell. Spec 70 §8, D10. */
function isFatal(error: SottoError): error is DatabaseError {
  return error.code === 'database.io' || error.code === 'database.corrupt'
}

function failAll(group: readonly Write[], fatal: DatabaseError): GroupOutcome {
  return { outcomes: group.map(() => ({ error: fatal })), fatal }
}
