import { randomBytes } from 'node:crypto'
import { x25519PublicKey } from '@sotto/protocol/crypto'
import { buildOnion, type BuiltOnion, drawLayerSecrets, type OnionNode, type OnionPath } from '@sotto/protocol/onion'
import { parseNodeId } from '@sotto/protocol/swarm'
import { type PlannedNode } from '../network/plan.ts'

/** A path through the nodes in their order, from one of them on; the last is the destination. It may come round again. */
export function pathFrom(nodes: readonly PlannedNode[], guard: number, layers: number): OnionPath {
  const chain = Array.from({ length: layers }, (_, at) => onionNode(nodes[(guard + at) % nodes.length]))
  const [destination] = chain.splice(-1)
  if (destination === undefined) throw new Error('an onion needs layers')
  return { hops: chain, destination: { kind: 'node', ...destination } }
}

/** An onion in AES-GCM, as the existing clients make them, with keys of its own. */
export function wrap(payload: Uint8Array, path: OnionPath): BuiltOnion {
  const secrets = drawLayerSecrets(draw, 'aes-gcm', path.hops.length + 1)
  return buildOnion(payload, path, secrets, { cipher: 'aes-gcm' })
}

function onionNode(node: PlannedNode | undefined): OnionNode {
  if (node === undefined) throw new Error('there is no such node')
  return { id: parseNodeId(node.id), key: x25519PublicKey(node.x25519) }
}

function draw(size: number): Uint8Array {
  return new Uint8Array(randomBytes(size))
}
