import { CommunityError } from './community-error.ts'

declare const serverUrl: unique symbol
/**
 * `http://` or `https://`, host in lower case, `:port` unless it is the default one; no path, no final slash. Two of them are
 * the same server if they are equal (but see `isSameServer`). At most 267 characters. Spec 40 §7.1, spec 30 §4.4.
 */
export type ServerUrl = string & { readonly [serverUrl]: true }

/** Spec 70 §6.1, F17. */
export const MAX_ADDRESS_LENGTH = 4096
const MAX_URL_LENGTH = 267
const defaultPorts: ReadonlyMap<string, number> = new Map([
  ['http', 80],
  ['https', 443],
])

/**
 * Reads the address of a server as a person wrote it. Case is folded, zeros before the port and a final slash are dropped;
 * the scheme must be there, and the host must hold a dot, though IPv4 addresses and hosts like `-a.b` pass.
 * Spec 40 §7.1.
 * @throws {CommunityError} `community.too-long`, `community.bad-server`
 */
export function parseServerUrl(text: string): ServerUrl {
  if (text.length > MAX_ADDRESS_LENGTH) throw new CommunityError('community.too-long', { length: text.length })
  const match = /^([A-Za-z]+):\/\/([A-Za-z0-9.-]+)(?::([0-9]+))?\/?$/.exec(text)
  const scheme = match?.[1]?.toLowerCase() ?? ''
  const host = match?.[2]?.toLowerCase() ?? ''
  const defaultPort = defaultPorts.get(scheme)
  if (defaultPort === undefined || !isHost(host)) throw new CommunityError('community.bad-server')
  const port = Number(match?.[3] ?? defaultPort)
  if (port < 1 || port > 65_535) throw new CommunityError('community.bad-server')
  const url = `${scheme}://${host}${port === defaultPort ? '' : `:${port}`}`
  if (url.length > MAX_URL_LENGTH) throw new CommunityError('community.too-long', { length: url.length })
  return url as ServerUrl
}

/** Whose letters are known to be allowed. */
function isHost(host: string): boolean {
  return host.length >= 4 && host.includes('.') && !host.startsWith('.') && !host.includes('..')
}
