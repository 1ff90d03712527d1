import { MAX_HOPS, type OnionOptions, type OnionPath } from '@sotto/protocol/onion'
import { type NodeEntry } from '@sotto/registry'
import { type Dice } from '../dice.ts'
import { isNative } from './native.ts'

/** A way to a node, as the onion needs it. */
export interface NodeRoute {
  readonly path: OnionPath
  readonly options: OnionOptions
}

/**
 * The way to a node over these hops. Where all are ours, layers are XChaCha20, the answer comes in bytes, and a hop number
 * hides from the guard that it is the first. Any other path looks as all paths do. Architecture §4.7, spec 70 §5.3.
 */
export function routeTo(hops: readonly NodeEntry[], node: NodeEntry, dice: Dice): NodeRoute {
  const isOurs = [...hops, node].every(each => isNative(each))
  const hopNumber = Math.floor(dice.between(0, MAX_HOPS - hops.length + 1))
  return {
    path: {
      hops: hops.map(({ ed25519: id, x25519: key }) => ({ id, key })),
      destination: { kind: 'node', id: node.ed25519, key: node.x25519, ...(isOurs ? { base64: false } : {}) },
    },
    options: isOurs ? { cipher: 'xchacha20', hopNumber } : { cipher: 'aes-gcm' },
  }
}
