import { OnionError } from './onion-error.ts'

/** An endpoint taken apart. Spec 40 §1.2. */
export interface Endpoint {
  /** Every escape decoded, so `%2F` is a slash as well: what signatures go over. Begins with a slash. */
  readonly path: string
  /** What stands after the first question mark, as it came; empty if there is none. */
  readonly query: string
}

/**
 * Splits the endpoint of a request. Escapes of the path are decoded as UTF-8, strictly; raw UTF-8 is taken as it is; the
 * query is not decoded. Spec 40 §1.2, §3.
 * @throws {OnionError} `onion.bad-endpoint`
 */
export function parseEndpoint(text: string): Endpoint {
  if (!text.startsWith('/') || !text.isWellFormed()) throw new OnionError('onion.bad-endpoint', { length: text.length })
  const mark = text.indexOf('?')
  const path = mark < 0 ? text : text.slice(0, mark)
  return { path: decodePath(path), query: mark < 0 ? '' : text.slice(mark + 1) }
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch (cause) {
    throw new OnionError('onion.bad-endpoint', { length: path.length }, { cause })
  }
}
