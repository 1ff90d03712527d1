import { decodeActiveNodes, encodeActiveNodes, type ActiveNode } from '../active-node.ts'
import { MAX_BODY_BYTES } from '../limits.ts'
import { base64, wireObject } from '../wire/wire.ts'
import { type Method } from './method.ts'
import { type NoParams } from './info.ts'

/** All active nodes of the network. Spec 20 §3.15. */
export interface ActiveNodesReply {
  readonly nodes: readonly ActiveNode[]
}

/** Raw bytes alone, base64 inside of JSON. Newer nodes only. Spec 20 §3.15. */
export const activeNodes: Method<NoParams, ActiveNodesReply> = {
  parse: () => ({}),
  format: () => wireObject({}),
  parseReply: body => ({ nodes: decodeActiveNodes(body.bytes({ max: MAX_BODY_BYTES, spelling: 'base64' })) }),
  formatReply: ({ nodes }) => base64(encodeActiveNodes(nodes)),
  isBinary: true,
}
