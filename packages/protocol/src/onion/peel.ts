import type { X25519KeyPair } from '../crypto/index.ts'
import { tryParseNodeId, type NodeId } from '../swarm/index.ts'
import { parseOnionCipher } from './cipher.ts'
import { type JsonObject } from '../encoding/index.ts'
import { openLayerInPlace } from './layer.ts'
import { deriveLayerKeyAsNode, type LayerKey } from './layer-key.ts'
import { OnionError } from './onion-error.ts'
import { readEphemeral, readJsonFrame, type OnionRequest } from './onion-request.ts'
import { parseServerAddress, type ServerAddress } from './server-address.ts'

/** What a node finds inside its layer. `key` seals what this node itself answers. Spec 20 §4.1, §4.7. */
export type PeeledOnion = RelayedLayer | FinalLayer | ProxiedLayer | RefusedLayer

/** To be passed on to another node, whose answer goes back unchanged. Spec 20 §4.7. */
export interface RelayedLayer {
  readonly kind: 'relay'
  readonly next: NodeId
  /** What that node gets; its hop number is one more than ours. */
  readonly request: OnionRequest
  readonly key: LayerKey
}

/** A storage request to this node. Spec 20 §4.1. */
export interface FinalLayer {
  readonly kind: 'final'
  /** The JSON of the request; a view, not looked at. */
  readonly payload: Uint8Array
  /** Answer with the result as JSON, not as a string. */
  readonly json: boolean
  /** Answer in base64. */
  readonly base64: boolean
  readonly key: LayerKey
}

/** To be posted to a server. Spec 20 §4.7. */
export interface ProxiedLayer {
  readonly kind: 'proxy'
  readonly address: ServerAddress
  /** The whole decrypted frame: the server reads key and cipher from its JSON. */
  readonly body: Uint8Array
  readonly key: LayerKey
}

/** To be answered by this node with status 400 and this text, sealed with the key and in base64. Spec 20 §4.6. */
export interface RefusedLayer {
  readonly kind: 'refused'
  readonly text: 'Invalid json' | 'Invalid url'
  readonly key: LayerKey
}

/**
 * Opens one layer. A layer that does not open throws and is answered with status 400 and the plain text `Invalid
 * ciphertext`; everything after that is known to come from the client and is answered under the layer's key. Costs
 * one decryption, whatever the input. Spec 20 §4.1, §4.6.
 * @throws {OnionError} `onion.bad-ciphertext`
 */
export function peelOnion(request: OnionRequest, node: X25519KeyPair): PeeledOnion {
  return peelOnionInPlace({ ...request, blob: new Uint8Array(request.blob) }, node)
}

/**
 * The same for whoever has no further use for the request: changes its blob, of which all that the layer holds are views. A
 * blob that does not open is worth nothing any more. Spec 20 §4.1, §4.6.
 * @throws {OnionError} `onion.bad-ciphertext`
 */
export function peelOnionInPlace(request: OnionRequest, node: X25519KeyPair): PeeledOnion {
  const key = deriveKey(request, node)
  const frame = openLayerInPlace(request.blob, key)
  try {
    return readLayer(frame, request, key)
  } catch (error) {
    if (!(error instanceof OnionError)) throw error
    return { kind: 'refused', text: error.code === 'onion.bad-destination' ? 'Invalid url' : 'Invalid json', key }
  }
}

/** A key of small order shares no secret with anybody: the same as a wrong one. */
function deriveKey({ cipher, ephemeral, blob }: OnionRequest, node: X25519KeyPair): LayerKey {
  try {
    return deriveLayerKeyAsNode(cipher, node, ephemeral)
  } catch (cause) {
    if (!(cause instanceof OnionError)) throw cause
    throw new OnionError('onion.bad-ciphertext', { length: blob.length }, { cause })
  }
}

/** `headers` beats `host` beats `destination`. */
function readLayer(frame: Uint8Array, request: OnionRequest, key: LayerKey): PeeledOnion {
  const { blob, json } = readJsonFrame(frame)
  if (json.has('headers')) {
    return {
      kind: 'final',
      payload: blob,
      json: readFlag(json, 'json', false),
      base64: readFlag(json, 'base64', true),
      key,
    }
  }
  if (json.has('host')) return { kind: 'proxy', address: readAddress(json), body: frame, key }
  const next = readDestination(json.get('destination'))
  const ephemeral = readEphemeral(json.get('ephemeral_key'))
  const inner = { blob, ephemeral, cipher: parseOnionCipher(json.get('enc_type')), hopNumber: request.hopNumber + 1 }
  return { kind: 'relay', next, request: inner, key }
}

function readDestination(value: unknown): NodeId {
  const id = typeof value === 'string' ? tryParseNodeId(value) : undefined
  if (id === undefined) throw new OnionError('onion.bad-json')
  return id
}

function readAddress(json: JsonObject): ServerAddress {
  const host = json.get('host')
  const target = json.get('target')
  const port = json.has('port') ? json.get('port') : 443
  const protocol = json.has('protocol') ? json.get('protocol') : 'https'
  const wellTyped =
    typeof host === 'string' && typeof target === 'string' && typeof port === 'number' && typeof protocol === 'string'
  if (!wellTyped) throw new OnionError('onion.bad-json')
  return parseServerAddress({ host, protocol, port, target })
}

function readFlag(json: JsonObject, name: string, absent: boolean): boolean {
  const value = json.has(name) ? json.get(name) : absent
  if (typeof value !== 'boolean') throw new OnionError('onion.bad-json')
  return value
}
