import { activeNodes } from './active-nodes.ts'
import { batch } from './batch.ts'
import { deleteAll } from './delete-all.ts'
import { deleteBefore } from './delete-before.ts'
import { deleteMessages } from './delete.ts'
import { expireAll } from './expire-all.ts'
import { expire } from './expire.ts'
import { getExpiries } from './get-expiries.ts'
import { getSwarm } from './get-swarm.ts'
import { heldRetrieve } from './held-retrieve.ts'
import { ifElse } from './if-else.ts'
import { info } from './info.ts'
import { type OuterMethod } from './method.ts'
import { oxendRequest } from './oxend-request.ts'
import { retrieve } from './retrieve.ts'
import { revokeSubaccount, unrevokeSubaccount } from './revoke.ts'
import { store } from './store.ts'
import { type MethodName, type MethodParams, type MethodReplies, type Outcome, type StorageRequest } from './types.ts'

type MethodTable = {
  readonly [M in MethodName]: OuterMethod<MethodParams[M], MethodReplies[M], StorageRequest, Outcome>
}

/** Every method of the storage RPC. A new one is a new line here and in `types.ts`. Spec 20 §3, spec 21. */
export const methods: MethodTable = {
  store,
  retrieve,
  delete: deleteMessages,
  delete_all: deleteAll,
  delete_before: deleteBefore,
  expire,
  expire_all: expireAll,
  get_expiries: getExpiries,
  revoke_subaccount: revokeSubaccount,
  unrevoke_subaccount: unrevokeSubaccount,
  get_swarm: getSwarm,
  info,
  oxend_request: oxendRequest,
  batch,
  sequence: batch,
  ifelse: ifElse,
  active_nodes_bin: activeNodes,
  held_retrieve: heldRetrieve,
}

/** The names by which requests come; one method has two. Spec 20 §3.13. */
const names: ReadonlyMap<string, MethodName> = new Map<string, MethodName>([
  ...(Object.keys(methods) as MethodName[]).map(name => [name, name] as const),
  ['get_snodes_for_pubkey', 'get_swarm'],
])

/** The method that is called so; `undefined` if there is none. Spec 20 §3. */
export function methodNamed(name: string): MethodName | undefined {
  return names.get(name)
}
