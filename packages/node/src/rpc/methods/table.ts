import { type MethodName, type RecursiveMethod } from '@sotto/protocol/storage'
import { batch, ifElse, sequence } from './batch.ts'
import { type Handler } from './handler.ts'
import { activeNodes, getSwarm, info, oxendRequest } from './network.ts'
import { getExpiries, retrieve } from './retrieve.ts'

type HandlerTable = { readonly [M in MethodName]: Handler<M> }

/** Every method by its wire name. A new method is a new line. Spec 20 §3, spec 21. */
export const handlers: HandlerTable = {
  store: throughSwarm('store'),
  retrieve,
  delete: throughSwarm('delete'),
  delete_all: throughSwarm('delete_all'),
  delete_before: throughSwarm('delete_before'),
  expire: throughSwarm('expire'),
  expire_all: throughSwarm('expire_all'),
  get_expiries: getExpiries,
  revoke_subaccount: throughSwarm('revoke_subaccount'),
  unrevoke_subaccount: throughSwarm('unrevoke_subaccount'),
  get_swarm: getSwarm,
  info,
  oxend_request: oxendRequest,
  batch,
  sequence,
  ifelse: ifElse,
  active_nodes_bin: activeNodes,
  held_retrieve: (params, { arrivedAt, waiter }, { held }) => held.answer(params, arrivedAt, waiter.signal),
}

/** Changes go to all members of the swarm. Spec 20 §3.5. */
function throughSwarm<M extends RecursiveMethod>(method: M): Handler<M> {
  return (params, { arrivedAt }, { writes }) => writes.write({ method, params } as never, arrivedAt)
}
