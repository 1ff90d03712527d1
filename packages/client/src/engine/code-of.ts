import { SottoError } from '@sotto/protocol/error'

/** The code of an error for people and tables; errors that nobody foresaw share one. */
export function codeOf(error: unknown): string {
  return error instanceof SottoError ? error.code : 'client.unforeseen'
}
