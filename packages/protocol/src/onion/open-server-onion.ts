import type { X25519KeyPair } from '../crypto/index.ts'
import { openLayerInPlace } from './layer.ts'
import { deriveLayerKeyAsNode, type LayerKey } from './layer-key.ts'
import type { OnionRequest } from './onion-request.ts'

/** What a server finds in its layer. Spec 40 §1.1. */
export interface ServerOnion {
  /** Laid out as V4 or V3, as the target says that it was posted to. */
  readonly payload: Uint8Array
  /** Seals the reply. */
  readonly key: LayerKey
}

/**
 * Opens the layer of a server. What fails is status 400, not encrypted. Spec 40 §1.1.
 * @throws {OnionError} `onion.bad-key`, `onion.bad-ciphertext`
 */
export function openServerOnion(request: OnionRequest, server: X25519KeyPair): ServerOnion {
  return openServerOnionInPlace({ ...request, blob: new Uint8Array(request.blob) }, server)
}

/**
 * The same for whoever has no further use for the request: changes its blob, of which the payload is a view. Spec 40 §1.1.
 * @throws {OnionError} `onion.bad-key`, `onion.bad-ciphertext`
 */
export function openServerOnionInPlace(request: OnionRequest, server: X25519KeyPair): ServerOnion {
  const key = deriveLayerKeyAsNode(request.cipher, server, request.ephemeral)
  return { payload: openLayerInPlace(request.blob, key), key }
}
