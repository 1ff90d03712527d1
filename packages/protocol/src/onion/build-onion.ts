import { nonceSize } from './cipher.ts'
import { deriveLayerKey, type LayerKey } from './layer-key.ts'
import { sealInPlace } from './layer.ts'
import type { LayerSecret } from './layer-secret.ts'
import { requireOnionSize } from './limits.ts'
import { OnionError } from './onion-error.ts'
import { layOut, onionJsons } from './onion-layout.ts'
import { layerReaders, type OnionOptions, type OnionPath } from './path.ts'

/** An onion ready to be sent, and what opens the answer to it. Spec 20 §4.3. */
export interface BuiltOnion {
  /** The body of `POST /onion_req/v2` to the guard; without hops, of the post to the destination. */
  readonly request: Uint8Array
  readonly keys: OnionKeys
}

/** Kept until the answer has come: errors can be encrypted by any node of the path. Spec 20 §4.6. */
export interface OnionKeys {
  readonly path: OnionPath
  /** The destination's first, the guard's last. */
  readonly layers: readonly LayerKey[]
  /** The destination's layer was sealed with this one. */
  readonly secret: LayerSecret
}

/**
 * Wraps a payload for a path: storage RPC as JSON for a node (spec 20 §3.1), a V3 or V4 request for a server (spec 40
 * §1). Spec 20 §4.3. `secrets` are one per layer, the destination's first, one more than there are hops. A payload in pieces
 * is joined where it is sealed.
 * @throws {OnionError} `onion.bad-path`, `onion.bad-key`, `onion.bad-nonce`, `onion.too-large`
 */
export function buildOnion(
  payload: Uint8Array | readonly Uint8Array[],
  path: OnionPath,
  secrets: readonly LayerSecret[],
  options: OnionOptions,
): BuiltOnion {
  const readers = layerReaders(path)
  const [secret] = secrets
  if (secret === undefined || secrets.length !== readers.length) {
    throw new OnionError('onion.bad-path', { layers: readers.length, secrets: secrets.length })
  }
  const jsons = onionJsons(
    path,
    secrets.map(({ ephemeral }) => ephemeral.publicKey),
    options,
  )
  const pieces = payload instanceof Uint8Array ? [payload] : payload
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  const layout = layOut(length, jsons, options.cipher)
  requireOnionSize(layout.size)
  const request = new Uint8Array(layout.size)
  let start = layout.payloadAt
  let end = start
  for (const piece of pieces) {
    request.set(piece, end)
    end += piece.length
  }
  const layers: LayerKey[] = []
  /** Makes `[start, end)` the blob of a frame. */
  const frame = (json: Uint8Array): void => {
    writeLength(request, start - 4, end - start)
    request.set(json, end)
    start -= 4
    end += json.length
  }
  if (jsons.final !== undefined) frame(jsons.final)
  for (const [at, reader] of readers.entries()) {
    const { ephemeral, nonce } = secrets[at] ?? secret
    const key = deriveLayerKey(options.cipher, ephemeral, reader)
    start -= nonceSize(options.cipher)
    end += 16
    sealInPlace(request.subarray(start, end), key, nonce)
    layers.push(key)
    const route = jsons.routes[at]
    if (route !== undefined) frame(route)
  }
  return { request, keys: { path, layers, secret } }
}

/** Little-endian. */
function writeLength(bytes: Uint8Array, at: number, length: number): void {
  for (let shift = 0; shift < 4; shift++) bytes[at + shift] = length >>> (8 * shift)
}
