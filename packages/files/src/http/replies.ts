import { type SottoError } from '@sotto/protocol/error'
import { DatabaseError, type ErrorReply, jsonReply, type ServerReply } from '@sotto/server'
import { FileError } from '../file-error.ts'
import { type FileRecord } from '../records/schema.ts'

/** An error as clients know it: `{"status_code":404}`, with that status. Spec 40 §8. */
export function statusReply(status: number): ServerReply {
  return jsonReply(status, { status_code: status })
}

/** The answers to what handlers throw on purpose. Other errors are nobody's purpose. */
export const errorReply: ErrorReply = (error: SottoError) => {
  if (error instanceof FileError) return statusReply(error.status)
  if (!(error instanceof DatabaseError)) return undefined
  if (error.code === 'database.full') return statusReply(507)
  return statusReply(error.code === 'database.overloaded' ? 503 : 500)
}

/** `{"size","uploaded","expires"}`, times in seconds with a fraction. Spec 40 §8.3. */
export function infoReply({ size, uploaded, expires }: FileRecord): ServerReply {
  return jsonReply(200, { size, uploaded: uploaded / 1000, expires: expires / 1000 })
}
