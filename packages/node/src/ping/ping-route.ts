import { encodeBase64 } from '@sotto/protocol/encoding'
import { nodePublicKey, type NodeId } from '@sotto/protocol/swarm'
import { type Route } from '@sotto/server'

/** Names the node that answers, in base64. Its legacy key, which is its Ed25519 key here. Spec 20 §6. */
export const PING_HEADER = 'x-oxen-snode-pubkey'

/** `POST /ping_test/v1`: whether the node can be reached from outside. Spec 20 §6. */
export function pingRoute(id: NodeId): Route {
  const reply = { status: 200, headers: { [PING_HEADER]: encodeBase64(nodePublicKey(id)) }, body: '' }
  return { maxBodyBytes: 10_485_760, ignoresBody: true, handle: () => reply }
}
