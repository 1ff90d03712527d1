import { type ActiveNodesReply } from './active-nodes.ts'
import { type Refused, type WrongSwarm } from './answer.ts'
import { type BatchParams, type BatchReply } from './batch.ts'
import { type DeleteParams, type DeleteResult } from './delete.ts'
import { type DeleteAllParams, type DeletedResult } from './delete-all.ts'
import { type DeleteBeforeParams } from './delete-before.ts'
import { type ExpireParams, type ExpireResult } from './expire.ts'
import { type ExpireAllParams, type UpdatedResult } from './expire-all.ts'
import { type GetExpiriesParams, type GetExpiriesReply } from './get-expiries.ts'
import { type GetSwarmParams, type GetSwarmReply } from './get-swarm.ts'
import { type HeldRetrieveParams, type HeldRetrieveReply } from './held-retrieve.ts'
import { type IfElseParams, type IfElseReply } from './if-else.ts'
import { type InfoReply, type NoParams } from './info.ts'
import { type OxendParams, type OxendReply } from './oxend-request.ts'
import { type RecursiveReply } from './recursive.ts'
import { type RetrieveParams, type RetrieveReply } from './retrieve.ts'
import { type RevokeParams, type RevokeResult, type UnrevokeResult } from './revoke.ts'
import { type StoreParams, type StoreResult } from './store.ts'

/** What each member of the swarm did, by method that the asked node passes on to all of them. Spec 20 §3.5. */
export interface MemberResults {
  readonly store: StoreResult
  readonly delete: DeleteResult
  readonly delete_all: DeletedResult
  readonly delete_before: DeletedResult
  readonly expire: ExpireResult
  readonly expire_all: UpdatedResult
  readonly revoke_subaccount: RevokeResult
  readonly unrevoke_subaccount: UnrevokeResult
}

/** The methods that the asked node passes on to all members of the swarm. Spec 20 §3.5. */
export type RecursiveMethod = keyof MemberResults

/** The parameters of every method by its wire name. Spec 20 §3, spec 21. */
export interface MethodParams {
  readonly store: StoreParams
  readonly retrieve: RetrieveParams
  readonly delete: DeleteParams
  readonly delete_all: DeleteAllParams
  readonly delete_before: DeleteBeforeParams
  readonly expire: ExpireParams
  readonly expire_all: ExpireAllParams
  readonly get_expiries: GetExpiriesParams
  readonly revoke_subaccount: RevokeParams
  readonly unrevoke_subaccount: RevokeParams
  readonly get_swarm: GetSwarmParams
  readonly info: NoParams
  readonly oxend_request: OxendParams
  readonly batch: BatchParams<StorageRequest>
  readonly sequence: BatchParams<StorageRequest>
  readonly ifelse: IfElseParams<StorageRequest>
  readonly active_nodes_bin: NoParams
  readonly held_retrieve: HeldRetrieveParams
}

/** The reply of every method by its wire name. Spec 20 §3. */
export interface MethodReplies {
  readonly store: RecursiveReply<StoreResult>
  readonly retrieve: RetrieveReply
  readonly delete: RecursiveReply<DeleteResult>
  readonly delete_all: RecursiveReply<DeletedResult>
  readonly delete_before: RecursiveReply<DeletedResult>
  readonly expire: RecursiveReply<ExpireResult>
  readonly expire_all: RecursiveReply<UpdatedResult>
  readonly get_expiries: GetExpiriesReply
  readonly revoke_subaccount: RecursiveReply<RevokeResult>
  readonly unrevoke_subaccount: RecursiveReply<UnrevokeResult>
  readonly get_swarm: GetSwarmReply
  readonly info: InfoReply
  readonly oxend_request: OxendReply
  readonly batch: BatchReply<Outcome>
  readonly sequence: BatchReply<Outcome>
  readonly ifelse: IfElseReply<Outcome>
  readonly active_nodes_bin: ActiveNodesReply
  readonly held_retrieve: HeldRetrieveReply
}

/** The wire name of a method. Spec 20 §3. */
export type MethodName = keyof MethodParams

/** A method with its parameters. Spec 20 §3.1. */
export type StorageRequest<M extends MethodName = MethodName> = {
  readonly [K in M]: { readonly method: K; readonly params: MethodParams[K] }
}[M]

/** A method did what it does: `Answered`, spelled out so that replies can hold outcomes again. Spec 20 §3.17. */
export type Replied<M extends MethodName = MethodName> = {
  readonly [K in M]: {
    readonly kind: 'reply'
    readonly method: K
    readonly status: number
    readonly reply: MethodReplies[K]
  }
}[M]

/** What becomes of a request: nodes format it, clients parse it. Spec 20 §3.17. */
export type Outcome<M extends MethodName = MethodName> = Replied<M> | WrongSwarm | Refused
