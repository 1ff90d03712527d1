import { FILE_TTL_HEADER } from '@sotto/protocol/attachment'
import { type RequestHeaders } from '@sotto/server'
import { FileError } from '../file-error.ts'
import { type KeepingLimits } from '../limits.ts'

const header = FILE_TTL_HEADER.toLowerCase()

/**
 * For how long a file is asked to be kept, in ms. The header counts only where the server has a maximum. Spec 40 §8.1.
 * @throws {FileError} `files.bad-ttl`
 */
export function readTtl(headers: RequestHeaders, { ttlSeconds, maxTtlSeconds }: KeepingLimits): number {
  const text = headers.get(header)
  if (text === undefined || maxTtlSeconds === 0) return 1000 * ttlSeconds
  const seconds = /^[0-9]{1,12}$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY
  if (seconds > maxTtlSeconds) throw new FileError('files.bad-ttl')
  return 1000 * seconds
}
