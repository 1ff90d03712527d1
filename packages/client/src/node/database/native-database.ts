import { type NativeDatabase } from './native.ts'
import { type SqlDatabase, type SqlStatement } from '../../store/sql.ts'
import { NativeStatement } from './native-statement.ts'
import { overwriteFreed } from './overwrite-freed.ts'
import { withTypedErrors } from './typed-errors.ts'

/** A connection of the native engine. Every method throws `StorageError` only. */
export class NativeSqlDatabase implements SqlDatabase {
  readonly #native: NativeDatabase

  constructor(native: NativeDatabase) {
    this.#native = native
  }

  prepare(sql: string): SqlStatement {
    return withTypedErrors(() => new NativeStatement(this.#native.prepare(sql)))
  }

  exec(sql: string): void {
    withTypedErrors(() => this.#native.exec(sql))
  }

  /** Writes the log back and removes it. May be called twice. */
  close(): void {
    withTypedErrors(() => this.#native.close())
    overwriteFreed()
  }
}
