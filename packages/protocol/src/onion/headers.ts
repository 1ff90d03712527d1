import { isJsonObject, type Json } from '../encoding/index.ts'

/** Header lines by name. Names are in lower case. Spec 40 §1.2. */
export type HeaderMap = ReadonlyMap<string, string>

const MAX_HEADERS = 64

/**
 * Headers out of JSON, where absent ones are none; numbers become text. `undefined` for anything that could not be
 * sent as a header: other values, control characters, more than 64.
 */
export function readHeaders(value: Json | undefined): HeaderMap | undefined {
  const headers = new Map<string, string>()
  if (value === undefined) return headers
  if (!isJsonObject(value) || value.size > MAX_HEADERS) return undefined
  for (const [name, entry] of value) {
    const line = typeof entry === 'number' || typeof entry === 'bigint' ? String(entry) : entry
    if (typeof line !== 'string' || !isHeader(name, line)) return undefined
    headers.set(name.toLowerCase(), line)
  }
  return headers
}

function isHeader(name: string, line: string): boolean {
  return /^[!#$%&'*+.^_`|~\w-]+$/.test(name) && !/[\0-\x08\n-\x1f\x7f]/.test(line) && line.isWellFormed()
}
