import { decodeBase64, EncodingError, latin1Decode } from '../encoding/index.ts'
import type { OnionKeys } from './build-onion.ts'
import { bodyLimits, readJsonObject } from './json.ts'
import { deriveLayerKey } from './layer-key.ts'
import { tryOpenLayer } from './layer.ts'
import { parseNodeReply, type NodeReply } from './node-reply.ts'
import { MAX_ONION_SIZE } from './limits.ts'
import { OnionError } from './onion-error.ts'
import { decodeV3Reply, type V3Reply } from './v3.ts'
import { decodeV4Reply, type V4Reply } from './v4.ts'

/**
 * Who answered, as the key shows that opened it, and what. A server's body is a view of `memory`, which nobody else uses.
 * Spec 20 §4.6.
 */
export type OpenedReply =
  | ({ readonly from: 'node' } & NodeReply)
  | ({ readonly from: 'v4-server'; readonly memory: Uint8Array } & V4Reply)
  | { readonly from: 'v3-server'; readonly reply: V3Reply }
  /** A node on the way refused its layer. `hop` counts from the guard, 0. Spec 20 §4.6. */
  | ({ readonly from: 'hop'; readonly hop: number } & NodeReply)

/** What a key of the request opened. Spec 20 §4.6. */
export interface DecryptedReply {
  /** Whose key it was: counted from the guard, 0, to the destination, which is the number of hops. */
  readonly at: number
  readonly plaintext: Uint8Array
}

/**
 * Opens the body of the guard's answer with the keys of the request, the destination's first. The body may be in base64
 * or not, whatever was asked for; a server's text `{"result":…}` is unwrapped. Status 200 outside does not show that the
 * destination answered, nor does another status show that the body is plain: what this function throws for is to be given
 * to `attributeFault`. Spec 20 §4.4, §4.6.
 * @throws {OnionError} `onion.too-large`, `onion.reply-unreadable` if no key opens it, and for a reply that did open but
 * is not laid out as it should be `onion.bad-node-reply`, `onion.bad-server-reply`
 */
export function openReply(body: Uint8Array, keys: OnionKeys): OpenedReply {
  const { at, plaintext } = decryptReply(body, keys)
  const { destination, hops } = keys.path
  if (at < hops.length) return { from: 'hop', hop: at, ...parseNodeReply(plaintext) }
  if (destination.kind === 'node') return { from: 'node', ...parseNodeReply(plaintext) }
  if (destination.address.target.includes('/v4/'))
    return { from: 'v4-server', ...decodeV4Reply(plaintext), memory: plaintext }
  return { from: 'v3-server', reply: decodeV3Reply(plaintext) }
}

/**
 * Only decrypts, for destinations that lay out their answers in a way of their own. Spec 20 §4.4.
 * @throws {OnionError} `onion.too-large`, `onion.reply-unreadable`
 */
export function decryptReply(body: Uint8Array, keys: OnionKeys): DecryptedReply {
  // Base64 makes a third more of what the network carries.
  if (body.length > (MAX_ONION_SIZE * 4) / 3 + 4) throw new OnionError('onion.too-large', { size: body.length })
  // Sealed bytes look random, and are base64 by chance as good as never: so base64 is tried first.
  const decoded = tryBase64(body)
  const opened = (decoded && tryKeys(decoded, keys)) ?? tryKeys(body, keys) ?? tryWrapped(body, keys)
  if (opened === undefined) throw new OnionError('onion.reply-unreadable', { length: body.length })
  return opened
}

function tryKeys(blob: Uint8Array, keys: OnionKeys): DecryptedReply | undefined {
  for (const [layer, key] of keys.layers.entries()) {
    const plaintext = tryOpenLayer(blob, key)
    if (plaintext !== undefined) return { at: keys.path.hops.length - layer, plaintext }
  }
  return tryOldServer(blob, keys)
}

/** A push server answers errors in AES-GCM whatever it was asked in. Spec 20 §4.4. */
function tryOldServer(blob: Uint8Array, { path, layers, secret }: OnionKeys): DecryptedReply | undefined {
  if (path.destination.kind !== 'server' || layers[0]?.cipher !== 'xchacha20') return undefined
  const plaintext = tryOpenLayer(blob, deriveLayerKey('aes-gcm', secret.ephemeral, path.destination.key))
  return plaintext && { at: path.hops.length, plaintext }
}

/** Some old servers put their base64 into `{"result":…}`. */
function tryWrapped(body: Uint8Array, keys: OnionKeys): DecryptedReply | undefined {
  if (keys.path.destination.kind !== 'server' || body[0] !== 0x7b) return undefined
  const result = readJsonObject(body, bodyLimits)?.get('result')
  const decoded = typeof result === 'string' ? tryBase64Text(result) : undefined
  return decoded && tryKeys(decoded, keys)
}

function tryBase64(body: Uint8Array): Uint8Array | undefined {
  // Bytes that are not text show it in their first few; only what could be text is turned into one.
  const looksLikeText = body.subarray(0, 64).every(byte => byte >= 0x20 && byte < 0x7f)
  return looksLikeText ? tryBase64Text(latin1Decode(body)) : undefined
}

/** White space around it is forgiven: proxies add line ends. */
function tryBase64Text(text: string): Uint8Array | undefined {
  try {
    return decodeBase64(text.trim())
  } catch (error) {
    if (error instanceof EncodingError) return undefined
    throw error
  }
}
