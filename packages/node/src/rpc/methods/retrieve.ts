import { checkRequest, retrieveSize } from '@sotto/protocol/storage'
import { checkContext } from '../node-context.ts'
import { type Handler, replied } from './handler.ts'

/** Messages after a cursor of this very node. Spec 20 §3.7. */
export const retrieve: Handler<'retrieve'> = (params, call, node) => {
  const { owner, namespace, lastHash, maxCount, maxSize } = params
  const swarm = node.served.wrongSwarm(owner)
  if (swarm !== undefined) return { kind: 'wrong-swarm', swarm }
  checkRequest({ method: 'retrieve', params }, checkContext(node, call.arrivedAt))
  const now = node.clock.now()
  const limits = {
    ...(lastHash === undefined ? {} : { after: lastHash }),
    ...(maxCount === undefined || maxCount <= 0 ? {} : { maxCount }),
    maxSize: retrieveSize(maxSize, maxCount),
  }
  const { messages, written, more } = node.store.retrieve(owner, namespace, limits, now)
  return replied('retrieve', { messages, written, more, t: now, hardFork: node.facts.hardFork })
}

/** When messages expire. Spec 20 §3.11. */
export const getExpiries: Handler<'get_expiries'> = (params, call, node) => {
  const swarm = node.served.wrongSwarm(params.owner)
  if (swarm !== undefined) return { kind: 'wrong-swarm', swarm }
  checkRequest({ method: 'get_expiries', params }, checkContext(node, call.arrivedAt))
  return replied('get_expiries', { expiries: node.store.getExpiries(params.owner, params.messages, node.clock.now()) })
}
