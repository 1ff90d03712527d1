import type { SottoError } from '@sotto/protocol/error'
import { textReply } from './reply.ts'
import type { ServerReply } from './route.ts'

/** The answer to an error that a handler threw on purpose. `undefined`: it should not have been thrown; 500. */
export type ErrorReply = (error: SottoError) => ServerReply | undefined

/** Answers errors by a table from code to status, with the error's sentence as plain text. */
export function errorStatuses(statuses: ReadonlyMap<string, number>): ErrorReply {
  return error => {
    const status = statuses.get(error.code)
    return status === undefined ? undefined : textReply(status, error.sentence)
  }
}

/** What a request gets when its handler fails in a way that nobody expected. Spec 20 §3.1. */
export const internalErrorReply: ServerReply = textReply(500, 'request failed')
