import { x25519PublicKey, type X25519PublicKey } from '../crypto/index.ts'
import { decodeHex } from '../encoding/index.ts'
import { parseServerUrl, type ServerUrl } from './server-url.ts'

/** The server of the existing network's makers. Spec 40 §7.1. */
export const OFFICIAL_SERVER: ServerUrl = parseServerUrl('https://open.getsession.org')

/** Names and an address under which people have joined it. */
const officialHosts: ReadonlySet<string> = new Set(['open.getsession.org', '116.203.70.33'])

/** The key of the official server; a fresh array. Spec 40 §7.1. */
export function officialServerKey(): X25519PublicKey {
  return x25519PublicKey(decodeHex('a03c383cf63c3c4efe67acc52112a6dd734b3a946b9545f488aaa93da7991238'))
}

/** What to join instead: old addresses of the official server become its present one, all others stay. Spec 40 §7.1. */
export function currentServerUrl(server: ServerUrl): ServerUrl {
  return isOfficial(server) ? OFFICIAL_SERVER : server
}

/**
 * Whether two addresses lead to one server, so that a room is not joined twice: with http or https, and for the official one
 * under each of its names and ports. Spec 40 §7.1.
 */
export function isSameServer(a: ServerUrl, b: ServerUrl): boolean {
  return afterScheme(a) === afterScheme(b) || (isOfficial(a) && isOfficial(b))
}

function isOfficial(server: ServerUrl): boolean {
  return officialHosts.has(afterScheme(server).split(':', 1)[0] ?? '')
}

function afterScheme(server: ServerUrl): string {
  return server.slice(server.indexOf('//') + 2)
}
