import type { X25519PublicKey } from '../crypto/index.ts'
import { encodeHex, utf8Encode } from '../encoding/index.ts'
import type { NodeId } from '../swarm/index.ts'
import type { OnionCipher } from './cipher.ts'
import type { ServerAddress } from './server-address.ts'

/**
 * How the JSON of layers is spelled. Nodes read both; each is what one family of existing clients writes, so that a
 * request does not stand out. `brief` leaves out what the reader assumes (AES-GCM, https on port 443). `full` says
 * everything, keys sorted. Spec 20 §4.3.
 */
export type RouteStyle = 'brief' | 'full'

/** Where the layer inside goes next: another node, or a server. */
export type RouteTarget = NodeId | ServerAddress

/** The JSON of a layer for a hop: where the blob goes, and how the next reader opens it. Spec 20 §4.3. */
export function formatRoute(
  target: RouteTarget,
  ephemeral: X25519PublicKey,
  cipher: OnionCipher,
  style: RouteStyle,
): Uint8Array {
  const key = encodeHex(ephemeral)
  // Ids, hosts and targets were checked where their types were made: none holds a character that JSON escapes.
  if (typeof target !== 'string') return utf8Encode(formatServer(target, key, cipher, style))
  if (style === 'brief') return utf8Encode(`{"destination":"${target}","ephemeral_key":"${key}"${briefCipher(cipher)}}`)
  return utf8Encode(`{"destination":"${target}","enc_type":"${cipher}","ephemeral_key":"${key}"}`)
}

/** The JSON of the frame that the guard gets. Spec 20 §4.1. `hopNumber` is left out unless it is given. */
export function formatEntry(
  ephemeral: X25519PublicKey,
  cipher: OnionCipher,
  style: RouteStyle,
  hopNumber: number | undefined,
): Uint8Array {
  const key = `"ephemeral_key":"${encodeHex(ephemeral)}"`
  const hop = hopNumber === undefined ? '' : `,"hop_no":${hopNumber}`
  if (style === 'brief') return utf8Encode(`{${key}${briefCipher(cipher)}${hop}}`)
  return utf8Encode(`{"enc_type":"${cipher}",${key}${hop}}`)
}

/** How a node is to answer. Spec 20 §4.1. */
export interface FinalOptions {
  /** The result stands in the reply as JSON, not as a string that holds JSON. Default false. */
  readonly json?: boolean
  /** The reply comes in base64. Default true. */
  readonly base64?: boolean
}

/** The JSON of the layer for a node that is the destination itself. */
export function formatFinal({ json = false, base64 = true }: FinalOptions): Uint8Array {
  return utf8Encode(`{${base64 ? '' : '"base64":false,'}"headers":""${json ? ',"json":true' : ''}}`)
}

function formatServer(server: ServerAddress, key: string, cipher: OnionCipher, style: RouteStyle): string {
  const { host, port, protocol, target } = server
  if (style === 'full') {
    return `{"enc_type":"${cipher}","ephemeral_key":"${key}","host":"${host}","method":"POST","port":${port},"protocol":"${protocol}","target":"${target}"}`
  }
  const standard = protocol === 'https' && port === 443
  const where = standard ? '' : `,"protocol":"${protocol}","port":${port}`
  return `{"host":"${host}","target":"${target}","method":"POST","ephemeral_key":"${key}"${where}${briefCipher(cipher)}}`
}

function briefCipher(cipher: OnionCipher): string {
  return cipher === 'aes-gcm' ? '' : `,"enc_type":"${cipher}"`
}
