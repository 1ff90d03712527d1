import { isTransient, NetworkError } from '@sotto/network'
import { FileServerError } from '@sotto/protocol/attachment'
import { SottoError } from '@sotto/protocol/error'
import { StorageError } from '../accounts/storage-error.ts'
import { AttachmentsError } from './attachments-error.ts'

/** What may be otherwise the next time. */
const passing: ReadonlySet<string> = new Set([
  'attachments.server-failed',
  'attachments.not-kept',
  'file-server.bad-reply',
])

/** Whether the same once more cannot do better: the file is gone, or is not what it should be. */
export function isLasting(error: unknown): boolean {
  if (error instanceof NetworkError) return !isTransient(error)
  if (error instanceof StorageError || !(error instanceof SottoError)) return false
  return !passing.has(error.code)
}

/** The code to remember of it. */
export function codeOfTransfer(error: unknown): string {
  return error instanceof SottoError ? error.code : 'outbox.unforeseen'
}

/** Whether nobody foresaw it. What others do wrong is not reported: there would be no end of it. */
export function isUnforeseen(error: unknown): boolean {
  const isKnown = error instanceof NetworkError || error instanceof AttachmentsError || error instanceof FileServerError
  return !isKnown && (!(error instanceof SottoError) || error instanceof StorageError)
}
