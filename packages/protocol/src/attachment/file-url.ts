import { ed25519PublicKey, type Ed25519PublicKey, tryEd25519ToX25519 } from '../crypto/index.ts'
import { encodeHex, tryDecodeHex } from '../encoding/index.ts'
import { type FileId, parseFileId } from './file-id.ts'
import {
  defaultFileServerKey,
  type FileServer,
  formatServerUrl,
  isCommunityHost,
  isDefaultKey,
  isOfficialHost,
} from './file-server.ts'
import { FileServerError } from './file-server-error.ts'

/** What the address of a file says, in pointers and profiles. Spec 10 §6.4, spec 40 §8.4. */
export interface FileUrl {
  readonly server: FileServer
  readonly id: FileId
  /** How the file is encrypted: this, and not the length of the key, tells. Spec 10, trap 17. */
  readonly deterministic: boolean
}

const MAX_URL_LENGTH = 4096

/**
 * Reads the address of a file. The last segment of its path is the id; its fragment may hold `d` and `p=<64 hex>`, the
 * server's Ed25519 key, and whatever else, which is not read. Without `p` a host of the existing network gets the default
 * key, any other is refused. Spec 10 §6.4, spec 40 §8.4.
 * @throws {FileServerError} `file-server.too-long`, `file-server.bad-url`, `file-server.bad-id`, `file-server.bad-key`,
 * `file-server.unknown-server`, `file-server.community-file`
 */
export function parseFileUrl(text: string): FileUrl {
  if (text.length > MAX_URL_LENGTH) throw new FileServerError('file-server.too-long', { length: text.length })
  const [address, fragment] = splitOnce(text, '#')
  const match = /^(https?):\/\/([a-z0-9.-]{1,253})(?::([0-9]{1,5}))?\/(?:[!-~]*\/)?([^/]*)$/i.exec(address)
  const [, scheme = '', host = '', port, lastSegment = ''] = match ?? []
  const url = formatServerUrl(scheme.toLowerCase(), host.toLowerCase(), port)
  const id = parseFileId(lastSegment)
  const { deterministic, key } = readFragment(fragment ?? '')
  return { server: { url, publicKey: keyOf(host.toLowerCase(), key) }, id, deterministic }
}

/**
 * Writes the address of a file. The server's key is left out where every reader knows it, because old mobile clients fail
 * on it. Spec 10 §6.4, trap 20.
 */
export function formatFileUrl({ server, id, deterministic }: FileUrl): string {
  const fragment = [
    ...(deterministic ? ['d'] : []),
    ...(needsKey(server) ? [`p=${encodeHex(server.publicKey)}`] : []),
  ].join('&')
  return `${server.url}/file/${id}${fragment === '' ? '' : `#${fragment}`}`
}

interface Fragment {
  readonly deterministic: boolean
  readonly key: Ed25519PublicKey | undefined
}

function readFragment(fragment: string): Fragment {
  const parts = fragment.split('&').map(part => splitOnce(part, '='))
  const keys = parts.filter(([name]) => name === 'p')
  if (keys.length > 1) throw new FileServerError('file-server.bad-key', { keys: keys.length })
  const [first] = keys
  return {
    deterministic: parts.some(([name]) => name === 'd'),
    key: first === undefined ? undefined : readKey(first[1] ?? ''),
  }
}

/** A key to which nothing can be encrypted is refused here, so that nobody meets it later. */
function readKey(hex: string): Ed25519PublicKey {
  const bytes = tryDecodeHex(hex, 32)
  const key = bytes && ed25519PublicKey(bytes)
  if (key === undefined || tryEd25519ToX25519(key) === undefined) {
    throw new FileServerError('file-server.bad-key', { length: hex.length })
  }
  return key
}

function keyOf(host: string, key: Ed25519PublicKey | undefined): Ed25519PublicKey {
  if (isCommunityHost(host)) throw new FileServerError('file-server.community-file')
  if (key !== undefined) return key
  if (!isOfficialHost(host)) throw new FileServerError('file-server.unknown-server')
  return defaultFileServerKey()
}

function needsKey({ url, publicKey }: FileServer): boolean {
  const host = url.slice(url.indexOf('//') + 2).split(':', 1)[0] ?? ''
  return !isOfficialHost(host) || !isDefaultKey(publicKey)
}

function splitOnce(text: string, mark: string): readonly [before: string, after: string | undefined] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)]
}
