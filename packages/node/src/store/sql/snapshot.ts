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
    let result: Result
    try {
      result = run()
    } catch (error) {
      this.#giveUp()
      throw error
    }
    this.#end.run()
    return result
  }

  /** After an I/O error SQLite may have ended it already. */
  #giveUp(): void {
    try {
      this.#end.run()
    } catch {
      // It is over.
    }
  }
}
