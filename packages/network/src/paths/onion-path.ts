import { type OnionCipher, type OnionPath } from '@sotto/protocol/onion'
import { type NodeEntry } from '@sotto/registry'
import { isNative } from './native.ts'

/** Ours among themselves use XChaCha20; a path with any other node looks as all paths do. Architecture §4.7. */
export function cipherFor(nodes: readonly NodeEntry[]): OnionCipher {
  return nodes.every(node => isNative(node)) ? 'xchacha20' : 'aes-gcm'
}

/** A path as the onion needs it. Native destinations answer in bytes, others in base64 as to everybody. */
export function pathTo(hops: readonly NodeEntry[], node: NodeEntry, cipher: OnionCipher): OnionPath {
  return {
    hops: hops.map(hop => ({ id: hop.ed25519, key: hop.x25519 })),
    destination: {
      kind: 'node',
      id: node.ed25519,
      key: node.x25519,
      ...(cipher === 'xchacha20' ? { base64: false } : {}),
    },
  }
}
