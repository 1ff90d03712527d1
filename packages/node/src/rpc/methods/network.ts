import { type Json } from '@sotto/protocol/encoding'
import { answerServiceNodes, parseServiceNodesQuery, RegistryError, resolveName } from '@sotto/registry'
import { type NodeContext } from '../node-context.ts'
import { type Handler, refused, replied } from './handler.ts'

/** Who serves an account. Spec 20 §3.13. */
export const getSwarm: Handler<'get_swarm'> = ({ owner }, _, { served }) => replied('get_swarm', served.swarmOf(owner))

/** Who this node is, what time it has, what it can do. Spec 20 §3.13, spec 21 §5. */
export const info: Handler<'info'> = (_, __, { clock, facts }) => {
  const { version, capabilities, hardFork } = facts
  const now = clock.now()
  return replied('info', { version, timestamp: now, capabilities, t: now, hardFork })
}

/** What the existing network asks the daemon behind a node; here the directory knows it. Spec 20 §3.13. */
export const oxendRequest: Handler<'oxend_request'> = ({ endpoint, params }, _, node) => {
  try {
    const result = endpoint === 'ons_resolve' ? resolveName(node.directory.list(), params) : serviceNodes(params, node)
    return replied('oxend_request', { result, t: node.clock.now(), hardFork: node.facts.hardFork })
  } catch (error) {
    if (error instanceof RegistryError) return refused(400, 'invalid request: invalid params')
    throw error
  }
}

/** Everybody who serves, in records of 51 bytes. Spec 20 §3.15. */
export const activeNodes: Handler<'active_nodes_bin'> = (_, __, { served }) =>
  replied('active_nodes_bin', { nodes: served.activeNodes() })

function serviceNodes(params: Json | undefined, { directory, facts, random }: NodeContext): Json {
  const source = { list: directory.list(), hardFork: facts.hardFork, random }
  return answerServiceNodes(parseServiceNodesQuery(params), source)
}
