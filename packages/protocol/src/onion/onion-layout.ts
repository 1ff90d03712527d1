import { x25519PublicKey, type X25519PublicKey } from '../crypto/index.ts'
import { layerOverhead, nonceSize, type OnionCipher } from './cipher.ts'
import { MAX_HOPS } from './limits.ts'
import type { OnionOptions, OnionPath } from './path.ts'
import { formatEntry, formatFinal, formatRoute, type RouteTarget } from './route-json.ts'

/** The JSON texts of an onion. */
export interface OnionJsons {
  /** Beside the payload, if a node is the destination. */
  readonly final: Uint8Array | undefined
  /** Beside each sealed blob, the destination's first; the last one stands open in front of the guard. */
  readonly routes: readonly Uint8Array[]
}

/** `ephemerals` are the public keys of the layers, the destination's first. */
export function onionJsons(
  { hops, destination }: OnionPath,
  ephemerals: readonly X25519PublicKey[],
  { cipher, style = 'brief', hopNumber }: OnionOptions,
): OnionJsons {
  const readers: readonly RouteTarget[] = [
    destination.kind === 'node' ? destination.id : destination.address,
    ...hops.map(hop => hop.id).toReversed(),
  ]
  return {
    final: destination.kind === 'node' ? formatFinal(destination) : undefined,
    routes: ephemerals.map((ephemeral, at) => {
      const reader = readers[at]
      const isEntry = reader === undefined || at === hops.length
      return isEntry ? formatEntry(ephemeral, cipher, style, hopNumber) : formatRoute(reader, ephemeral, cipher, style)
    }),
  }
}

/** How long the finished request is, and where in it the payload stands: a frame of 4 bytes for each JSON, nonces, tags. */
export function layOut(
  payloadLength: number,
  { final, routes }: OnionJsons,
  cipher: OnionCipher,
): { readonly size: number; readonly payloadAt: number } {
  const framed = final === undefined ? routes : [final, ...routes]
  const json = framed.reduce((sum, text) => sum + text.length, 0)
  return {
    payloadAt: 4 * framed.length + nonceSize(cipher) * routes.length,
    size: payloadLength + json + 4 * framed.length + layerOverhead(cipher) * routes.length,
  }
}

/**
 * The size of the request around a payload of this many bytes. It grows by one with each byte of payload, so a
 * payload can be padded until the request has the size that it shall have. Spec 70 §5.1.
 */
export function onionSize(payloadLength: number, path: OnionPath, options: OnionOptions): number {
  const anyKey = x25519PublicKey(new Uint8Array(32))
  const ephemerals = Array.from({ length: Math.min(path.hops.length, MAX_HOPS) + 1 }, () => anyKey)
  return layOut(payloadLength, onionJsons(path, ephemerals, options), options.cipher).size
}
