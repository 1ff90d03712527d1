import { type SqlRow } from './sql.ts'
import { StoreError } from './store-error.ts'

/** A text that has to be there. @throws {StoreError} `store.bad-column` */
export function textOf(row: SqlRow, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new StoreError('store.bad-column')
  return value
}

/** @throws {StoreError} `store.bad-column` */
export function optionalText(row: SqlRow, column: string): string | undefined {
  return row[column] === null ? undefined : textOf(row, column)
}

/** A number that has to be there. @throws {StoreError} `store.bad-column` */
export function numberOf(row: SqlRow, column: string): number {
  const value = row[column]
  if (typeof value !== 'number') throw new StoreError('store.bad-column')
  return value
}

/** @throws {StoreError} `store.bad-column` */
export function optionalNumber(row: SqlRow, column: string): number | undefined {
  return row[column] === null ? undefined : numberOf(row, column)
}

/** Flags are kept as 0 and 1. @throws {StoreError} `store.bad-column` */
export function flagOf(row: SqlRow, column: string): boolean {
  return numberOf(row, column) !== 0
}

/** Bytes that have to be there. @throws {StoreError} `store.bad-column` */
export function bytesOf(row: SqlRow, column: string): Uint8Array {
  const value = row[column]
  if (!(value instanceof Uint8Array)) throw new StoreError('store.bad-column')
  return value
}

/** @throws {StoreError} `store.bad-column` */
export function optionalBytes(row: SqlRow, column: string): Uint8Array | undefined {
  return row[column] === null ? undefined : bytesOf(row, column)
}
