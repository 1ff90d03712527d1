import { type Connection, type Statement } from '../sql/connection.ts'

/** How much may be written before the pages are counted again. */
const UNMEASURED_BYTES = 1024 * 1024

/** Whether there is room. SQLite stops hard a little above the limit, in the middle of a statement; this one stops before. */
export class SpaceGauge {
  readonly #measure: Statement<{ bytes: number }>
  readonly #maxBytes: number
  #used: number
  #unmeasured = 0

  constructor(connection: Connection, maxBytes: number) {
    this.#maxBytes = maxBytes
    this.#measure = connection.prepare(
      `SELECT (page_count - freelist_count) * page_size AS bytes
        FROM pragma_page_count, pragma_freelist_count, pragma_page_size`,
    )
    this.#used = this.#measured()
  }

  /** Whether so many bytes more still fit. */
  fits(bytes: number): boolean {
    this.#unmeasured += bytes
    if (this.#unmeasured > UNMEASURED_BYTES || this.#used + this.#unmeasured > this.#maxBytes) {
      this.#used = this.#measured()
      this.#unmeasured = bytes
    }
    return this.#used + bytes <= this.#maxBytes
  }

  #measured(): number {
    return this.#measure.get()?.bytes ?? 0
  }
}
