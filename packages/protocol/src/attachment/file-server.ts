import { ed25519PublicKey, type Ed25519PublicKey, ed25519ToX25519, type X25519PublicKey } from '../crypto/index.ts'
import { compareBytes, decodeHex } from '../encoding/index.ts'
import { FileServerError } from './file-server-error.ts'

/** Where files lie, and to whom requests for them are encrypted. Spec 10 §6.4. */
export interface FileServer {
  /** `http://` or `https://`, host in lower case, `:port` unless it is the default one; nothing after. */
  readonly url: string
  readonly publicKey: Ed25519PublicKey
}

/** How long the existing server keeps a file, as clients reckon: 14 days. Spec 10 §6.1. */
export const FILE_LIFETIME_MS = 1_209_600_000

/** How long a server of the source's defaults keeps a file: 3 weeks. Spec 40 §8.2. */
export const DEFAULT_FILE_TTL_MS = 1_814_400_000

const defaultPorts: ReadonlyMap<string, number> = new Map([
  ['http', 80],
  ['https', 443],
])
const OFFICIAL_DOMAIN = 'getsession.org'
const COMMUNITY_HOST = 'open.getsession.org'
const DEFAULT_KEY = 'b8eef9821445ae16e2e97ef8aa6fe782fd11ad5253cd6723b281341dba22e371'
const TEST_KEY = 'ff86dcd4b26d1bfec944c59859494248626d6428efc12168749d65a1b92f5e28'

/** The server of the existing network; a fresh object. Spec 10 §6.4. */
export function defaultFileServer(): FileServer {
  return { url: 'http://filev2.getsession.org', publicKey: defaultFileServerKey() }
}

/** The server that the existing network's makers test with. Spec 40 §8. */
export function testFileServer(): FileServer {
  return { url: 'http://potatofiles.getsession.org', publicKey: ed25519PublicKey(decodeHex(TEST_KEY)) }
}

/**
 * Reads the address of a server as a person or a setting gives it; a final slash is dropped. Spec 10 §6.4.
 * @throws {FileServerError} `file-server.bad-url`
 */
export function parseFileServer(url: string, publicKey: Ed25519PublicKey): FileServer {
  const [, scheme = '', host = '', port] = /^(https?):\/\/([a-z0-9.-]{1,253})(?::([0-9]{1,5}))?\/?$/i.exec(url) ?? []
  return { url: formatServerUrl(scheme.toLowerCase(), host.toLowerCase(), port), publicKey }
}

/** @throws {FileServerError} `file-server.bad-url` */
export function formatServerUrl(scheme: string, host: string, portText: string | undefined): string {
  const defaultPort = defaultPorts.get(scheme)
  const port = Number(portText ?? defaultPort)
  const isHost = host !== '' && !host.startsWith('.') && !host.includes('..')
  if (defaultPort === undefined || !isHost || port < 1 || port > 65_535) {
    throw new FileServerError('file-server.bad-url')
  }
  return `${scheme}://${host}${port === defaultPort ? '' : `:${port}`}`
}

/** A fresh array. */
export function defaultFileServerKey(): Ed25519PublicKey {
  return ed25519PublicKey(decodeHex(DEFAULT_KEY))
}

/** What onion requests to the server are encrypted to. Spec 10 §6.4.
 * @throws {CryptoError} `crypto.bad-point` */
export function fileServerOnionKey(server: FileServer): X25519PublicKey {
  return ed25519ToX25519(server.publicKey)
}

/** Whether a host is reached with the default key if its address names no other. Spec 40 §8.4. */
export function isOfficialHost(host: string): boolean {
  return host === OFFICIAL_DOMAIN || host.endsWith(`.${OFFICIAL_DOMAIN}`)
}

/** Whether files there belong to a community, which has other addresses and no encryption. Spec 10 §6.4. */
export function isCommunityHost(host: string): boolean {
  return host === COMMUNITY_HOST
}

/** Keys are public. */
export function isDefaultKey(key: Ed25519PublicKey): boolean {
  return compareBytes(key, defaultFileServerKey()) === 0
}
