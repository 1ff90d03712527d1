import { OnionError } from './onion-error.ts'

/** Where an exit node posts a request that leaves the network. Spec 20 §4.7. */
export interface ServerAddress {
  /** A bare name or address in lower case; an IPv6 address stands without brackets. */
  readonly host: string
  readonly protocol: 'https' | 'http'
  /** 1 to 65535. */
  readonly port: number
  /** The path, such as `/oxen/v4/lsrpc`. */
  readonly target: string
}

/** The targets that clients use for requests laid out as in spec 40 §1.2 and §1.3. */
export const V4_TARGET = '/oxen/v4/lsrpc'
/** The older one, which community and file servers still take. Spec 40 §1. */
export const V3_TARGET = '/loki/v3/lsrpc'

/**
 * Reads where to post a request. The target must begin with `/loki/` or `/oxen/` and end with `/lsrpc` (spec 20 §4.7);
 * beyond that no text is taken that could say more than a host, a port and a path when it is put into a URL: upstream
 * nodes can be led past their own rule by `10.0.0.1:80/admin?` as host or dot segments in the target (spec 20, trap 20).
 * Which addresses may be connected to is decided after resolving the name, by the node.
 * @throws {OnionError} `onion.bad-destination`
 */
export function parseServerAddress(parts: {
  readonly host: string
  readonly protocol: string
  readonly port: number
  readonly target: string
}): ServerAddress {
  const host = parseHost(parts.host)
  const { protocol, port, target } = parts
  if (protocol !== 'https' && protocol !== 'http') throw refused()
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw refused()
  if (!isTarget(target)) throw refused()
  return { host, protocol, port, target }
}

/** Plain segments of letters, digits, `-`, `_`, `.` and `~`. */
function isTarget(target: string): boolean {
  if (target.length > 255 || !/^\/(?:loki|oxen)\/(?:[\w.~-]+\/)*lsrpc$/.test(target)) return false
  return !target.split('/').some(segment => segment === '.' || segment === '..')
}

function parseHost(text: string): string {
  if (text.length > 253) throw refused()
  const host = text.toLowerCase()
  const bare = /^\[([^[\]]*)\]$/.exec(host)?.[1]
  if (bare !== undefined || host.includes(':')) return parseIpv6(bare ?? host)
  if (!/^[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?$/.test(host)) throw refused()
  const labels = host.split('.')
  if (labels.some(label => label.length === 0 || label.length > 63)) throw refused()
  // A name that ends in a number is an IPv4 address to many resolvers, in spellings such as 0x7f.1 or 2130706433.
  if (/^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '') && !isIpv4(labels)) throw refused()
  return host
}

function isIpv4(labels: readonly string[]): boolean {
  return labels.length === 4 && labels.every(label => /^(?:0|[1-9]\d{0,2})$/.test(label) && Number(label) <= 255)
}

/** Groups of up to four digits, at most one `::`, perhaps an IPv4 address at the end; no zone. */
function parseIpv6(text: string): string {
  const ipv4 = /:(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1]
  if (ipv4 !== undefined && !isIpv4(ipv4.split('.'))) throw refused()
  const groups = ipv4 === undefined ? text : `${text.slice(0, -ipv4.length)}0:0`
  const halves = groups.split('::')
  const counted = halves.flatMap(half => (half === '' ? [] : half.split(':')))
  const lengthFits = halves.length === 1 ? counted.length === 8 : halves.length === 2 && counted.length < 8
  if (!lengthFits || !counted.every(group => /^[0-9a-f]{1,4}$/.test(group))) throw refused()
  return text
}

function refused(): OnionError {
  return new OnionError('onion.bad-destination')
}
