import type { MessagePort } from 'node:worker_threads'
import type { ErrorDetail, SottoError } from '@sotto/protocol/error'
import { DatabaseError, isDatabaseErrorCode } from '../database/database-error.ts'
import type { OpenOptions } from '../database/open-database.ts'
import type { WriteValue } from './operations.ts'

/** Options of the connection that go to the thread as they are. */
export type WriterLimit = 'busyTimeoutMs' | 'cacheBytes' | 'maxBytes' | 'checkpointPages'

/** What a writer's thread needs to know of a database. */
export interface WriterStart {
  readonly path: string
  /** URL of the `OperationModule`. */
  readonly module: string
  readonly synchronous: 'full' | 'normal'
  readonly limits: Pick<OpenOptions, WriterLimit>
  readonly check: 'none' | 'quick' | 'full'
  /** Unix ms for the name of a damaged database that is moved aside; absent to give up instead. */
  readonly moveAsideAt?: number
  readonly maxGroup: number
}

/** To a thread that hosts databases: one more, and the port by which it is spoken to. */
export interface WriterHostMessage {
  readonly start: WriterStart
  readonly port: MessagePort
}

/**
 * To the thread: changes to make, or `close`. Names and parameters in turn, since an object for each costs more to send and to
 * receive than its two members.
 */
export type ToWriter = readonly WriteValue[] | 'close'

/** An error between threads: code and detail. The cause is for a developer's eyes. */
export interface SentError {
  readonly code: string
  readonly detail: ErrorDetail
  readonly cause?: unknown
}

/** What went wrong with one of the changes, which has no result then. */
export type SentFailure = readonly [at: number, error: SentError]

/** From the thread. Results come in the order of the changes. */
export type FromWriter =
  | { readonly kind: 'opened'; readonly movedAside?: string }
  | { readonly kind: 'not-opened'; readonly error: SentError }
  | {
      readonly kind: 'outcomes'
      readonly results: readonly WriteValue[]
      readonly failures: readonly SentFailure[]
      readonly fatal?: SentError
    }
  | { readonly kind: 'closed' }

/** Takes an error apart for the way between threads. */
export function sendError(error: SottoError): SentError {
  const { cause } = error
  return { code: error.code, detail: error.detail, ...(cause instanceof Error ? { cause: plainError(cause) } : {}) }
}

/** Puts it together again. A code that is not the database's own was thrown by an operation: `database.failed`. */
export function receiveError({ code, detail, cause }: SentError): DatabaseError {
  const options = cause === undefined ? {} : { cause }
  return new DatabaseError(isDatabaseErrorCode(code) ? code : 'database.failed', detail, options)
}

/** Only plain errors can be sent; what else hangs on them stays behind. */
function plainError({ name, message, stack = '' }: Error): Error {
  const plain = new Error(message)
  plain.name = name
  plain.stack = stack
  return plain
}
