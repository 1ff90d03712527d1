import { type Ed25519KeyPair, type Ed25519Signature, ed25519Sign, ed25519Verify } from '../crypto/index.ts'
import { type NodeId, nodePublicKey } from '../swarm/index.ts'
import { deleteAllRecursion } from './methods/delete-all.ts'
import { deleteBeforeRecursion } from './methods/delete-before.ts'
import { deleteRecursion } from './methods/delete.ts'
import { expireAllRecursion } from './methods/expire-all.ts'
import { expireRecursion } from './methods/expire.ts'
import { type MemberFailure } from './methods/member-failure.ts'
import { type Recursion, type RecursiveReply } from './methods/recursive.ts'
import { revokeRecursion, unrevokeRecursion } from './methods/revoke.ts'
import { storeRecursion } from './methods/store.ts'
import { type MemberResults, type MethodParams, type RecursiveMethod, type StorageRequest } from './methods/types.ts'

type Recursions = { readonly [M in RecursiveMethod]: Recursion<MethodParams[M], MemberResults[M]> }

const recursions: Recursions = {
  store: storeRecursion,
  delete: deleteRecursion,
  delete_all: deleteAllRecursion,
  delete_before: deleteBeforeRecursion,
  expire: expireRecursion,
  expire_all: expireAllRecursion,
  revoke_subaccount: revokeRecursion,
  unrevoke_subaccount: unrevokeRecursion,
}

/** What is known of a member after its signature was looked at. Spec 20 §3.5. */
export type MemberVerdict<Result> =
  | { readonly kind: 'confirmed'; readonly result: Result }
  | { readonly kind: 'failed'; readonly failure: MemberFailure }
  /** Counts as failed; the asked node or this one lies. */
  | { readonly kind: 'bad-signature' }

/** What a member signs about what it did. Spec 20 §3.6 to §3.12. */
export function memberResultText<M extends RecursiveMethod>(
  { method, params }: StorageRequest<M>,
  result: MemberResults[M],
): Uint8Array {
  return recursions[method].resultText(params, result)
}

/** Signs as a member of the swarm. Spec 20 §3.5. */
export function signMemberResult<M extends RecursiveMethod>(
  request: StorageRequest<M>,
  result: MemberResults[M],
  nodeKeys: Ed25519KeyPair,
): Ed25519Signature {
  return ed25519Sign(nodeKeys, memberResultText(request, result))
}

/**
 * Looks at the signature of every member in a reply. Only confirmed results may be believed, and only of nodes that are
 * known to be members of the swarm: a lying node can make up others. Spec 20 §3.5.
 */
export function verifyMembers<M extends RecursiveMethod>(
  request: StorageRequest<M>,
  reply: RecursiveReply<MemberResults[M]>,
): ReadonlyMap<NodeId, MemberVerdict<MemberResults[M]>> {
  const isPlausible = recursions[request.method].plausibility?.(request.params) ?? (() => true)
  const verdicts = new Map<NodeId, MemberVerdict<MemberResults[M]>>()
  for (const [id, member] of reply.swarm) {
    if (member.kind === 'failed') verdicts.set(id, member)
    else {
      const { result, signature } = member
      const isTrue =
        isPlausible(result) && ed25519Verify(nodePublicKey(id), memberResultText(request, result), signature)
      verdicts.set(id, isTrue ? { kind: 'confirmed', result } : { kind: 'bad-signature' })
    }
  }
  return verdicts
}
