import type { Database } from '../database/database.ts'
import type { Migration } from '../database/migrate.ts'

/** What may cross between threads. Bytes arrive as copies. */
export type WriteValue =
  | undefined
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly WriteValue[]
  | { readonly [name: string]: WriteValue }

/**
 * One change, run on the writer's thread inside a transaction that it shares with others. It has no effects but those on
 * the database, because it may be run a second time when a neighbour broke the transaction, and waits for nothing. What
 * it expects to go wrong it answers with as a result; what it throws undoes it, and only it.
 */
export type Operation = (database: Database, params: never) => WriteValue

/** Operations by their names. */
export type Operations = Readonly<Record<string, Operation>>

/** What the module at a writer's URL exports. */
export interface OperationModule {
  readonly operations: Operations
  readonly migrations: readonly Migration[]
}

/** What an operation wants besides the database: one value or nothing. */
export type ParamsOf<One extends Operation> =
  Parameters<One> extends readonly [Database, infer Params] ? readonly [params: Params] : readonly []
