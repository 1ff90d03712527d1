import { encodeBase64, formatJson, utf8Encode } from '../encoding/index.ts'
import { layerOverhead } from './cipher.ts'
import { bodyLimits, readJsonObject } from './json.ts'
import { sealWithLayerKey } from './layer.ts'
import type { LayerKey } from './layer-key.ts'
import { OnionError } from './onion-error.ts'
import { replyBucket } from './padding.ts'
import type { FinalLayer } from './peel.ts'
import { isStatus } from './v4.ts'

/** What a node answers to a storage request. Spec 20 §4.4. */
export interface NodeReply {
  /** Of the request itself; the status outside is 200. */
  readonly status: number
  /** JSON, or plain text if it is an error. */
  readonly body: string
  /** Whether the body is JSON. A reader cannot tell, and gets `false` unless it asked for JSON as such. */
  readonly isJson: boolean
}

/** How to seal a reply. Spec 20 §4.4, spec 21 §4. */
export interface ReplyOptions extends Pick<FinalLayer, 'json' | 'base64'> {
  /** A fresh one. */
  readonly nonce: Uint8Array
  /** Bring the reply to a standard size with trailing spaces. Only native clients ask for it. Spec 21 §4. */
  readonly pad?: boolean
  /** Writes base64 with padding, if the platform has a faster way than ours. */
  readonly toBase64?: (bytes: Uint8Array) => string
}

/**
 * Seals the answer of a node, as the destination or, for an error of its own, as any hop. The result is the HTTP body:
 * text if base64 was asked for, otherwise bytes. Spec 20 §4.4, §4.6.
 * @throws {OnionError} `onion.bad-nonce`
 */
export function sealNodeReply(reply: NodeReply, key: LayerKey, options: ReplyOptions): string | Uint8Array {
  const plaintext = utf8Encode(formatNodeReply(reply, options.json))
  const padded = options.pad === true ? padReply(plaintext, key, options.base64) : plaintext
  const sealed = sealWithLayerKey(padded, key, options.nonce)
  const { toBase64 = encodeBase64 } = options
  return options.base64 ? toBase64(sealed) : sealed
}

/** `{"body":…,"status":n}`. A text error is a string even where JSON was asked for. Spec 20 §4.4. */
export function formatNodeReply({ status, body, isJson }: NodeReply, asJson: boolean): string {
  return asJson && isJson ? `{"body":${body},"status":${status}}` : JSON.stringify({ body, status })
}

/**
 * Reads the plaintext of a node's reply. A body that is not a string is given as JSON text, with 64-bit numbers
 * exact (spec 20, trap 1). Spec 20 §4.4.
 * @throws {OnionError} `onion.bad-node-reply`
 */
export function parseNodeReply(plaintext: Uint8Array): NodeReply {
  const json = readJsonObject(plaintext, bodyLimits)
  const status = json?.get('status')
  const body = json?.get('body')
  if (!isStatus(status) || body === undefined)
    throw new OnionError('onion.bad-node-reply', { length: plaintext.length })
  return typeof body === 'string' ? { status, body, isJson: false } : { status, body: formatJson(body), isJson: true }
}

function padReply(plaintext: Uint8Array, { cipher }: LayerKey, base64: boolean): Uint8Array {
  const sealedSize = plaintext.length + layerOverhead(cipher)
  const sent = base64 ? 4 * Math.ceil(sealedSize / 3) : sealedSize
  const target = replyBucket(sent)
  const padded = new Uint8Array((base64 ? Math.floor((target * 3) / 4) : target) - layerOverhead(cipher)).fill(0x20)
  padded.set(plaintext)
  return padded
}
