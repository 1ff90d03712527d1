import { NetworkError } from '@sotto/network'
import { type OutboxErrorCode } from './outbox-error.ts'

/** The code to remember of what went wrong while sending. */
export function codeOf(error: unknown): string {
  return error instanceof NetworkError ? error.code : ('outbox.unforeseen' satisfies OutboxErrorCode)
}
