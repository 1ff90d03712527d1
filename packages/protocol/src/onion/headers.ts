import { membersOf } from './json.ts'

/** Header lines by name. Names are in lower case. */
export type HeaderMap = ReadonlyMap<string, string>

const MAX_HEADERS = 64

/**
 * Headers out of JSON, where absent ones are none; numbers become text. `undefined` for anything that could not be
 * sent as a header: other values, control characters, more than 64.
 */
export function readHeaders(value: unknown): HeaderMap | undefined {
  const members = value === undefined ? new Map<string, unknown>() : membersOf(value)
  if (members === undefined || members.size > MAX_HEADERS) return undefined
  const headers = new Map<string, string>()
  for (const [name, entry] of members) {
    const line = typeof entry === 'number' ? String(entry) : entry
    if (typeof line !== 'string' || !isHeader(name, line)) return undefined
    headers.set(name.toLowerCase(), line)
  }
  return headers
}

function isHeader(name: string, line: string): boolean {
  return /^[!#$%&'*+.^_`|~\w-]+$/.test(name) && !/[\0-\x08\n-\x1f\x7f]/.test(line) && line.isWellFormed()
}
