import { type Connection, type Statement } from './connection.ts'

/** Several reads of one state of the database, which also spares them to lock it one by one. */
export class Snapshot {
  readonly #begin: Statement<never>
  readonly #end: Statement<never>

  constructor(connection: Connection) {
    this.#begin = connection.prepare('BEGIN')
    this.#end = connection.prepare('COMMIT')
  }

  read<Result>(run: () => Result): Result {
    this.#begin.run()
    try {
      return run()
    } finally {
      this.#end.run()
    }
  }
}
