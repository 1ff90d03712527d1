/** What the other side answered. */
export interface LinkReply {
  readonly status: number
  /** By name in lower case; of a name that came more than once the values are joined by a comma. */
  readonly headers: ReadonlyMap<string, string>
  /** The receiver's own. */
  readonly body: Uint8Array
  /** Nothing reads the body of the request any more; absent where that is not known. */
  readonly requestIsFree?: boolean
}

/** Header lines of an HTTP library without its own additions. */
export function readHeaders(lines: object): ReadonlyMap<string, string> {
  const headers = new Map<string, string>()
  for (const [name, value] of Object.entries(lines) as [string, string | string[] | number | undefined][]) {
    if (name.startsWith(':') || value === undefined) continue
    headers.set(name.toLowerCase(), Array.isArray(value) ? value.join(', ') : String(value))
  }
  return headers
}
