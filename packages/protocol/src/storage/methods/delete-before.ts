import { type SwarmOwner } from '../../swarm/index.ts'
import { type Authority, formatAuthority, requireAuthority } from '../auth/authority.ts'
import { type CheckContext, signedTimeTolerance } from '../auth/check-context.ts'
import { verifyAuthority } from '../auth/verify-authority.ts'
import { type NamespaceScope, namespaceText } from '../namespace.ts'
import { signedText } from '../signed-text.ts'
import { StorageError } from '../storage-error.ts'
import { access } from '../subaccount.ts'
import { formatNamespace, formatOwner, parseOwner, parseScope, parseTimestamp } from '../wire/common-fields.ts'
import { type Encoding, wireObject, type WireObject } from '../wire/wire.ts'
import { type WireFields } from '../wire/wire-reader.ts'
import { type DeletedResult } from './delete-all.ts'
import { allHashesText, formatHashesByScope, readHashesByScope } from './hashes-by-scope.ts'
import { type Method } from './method.ts'
import { type RecursiveReply, type Recursion, recursiveReplies } from './recursive.ts'

/** Deletes what was sent at `before` or earlier. Spec 20 §3.9. */
export interface DeleteBeforeParams {
  readonly owner: SwarmOwner
  /** Old nodes delete for `all`, but then answer 500 and sign nothing. Spec 20 §3.9, trap 12. */
  readonly namespace: NamespaceScope
  /** Unix ms. */
  readonly before: number
  readonly authority: Authority
}

/** Members sign account ‖ `before` ‖ hashes. Spec 20 §3.9. */
export const deleteBeforeRecursion: Recursion<DeleteBeforeParams, DeletedResult> = {
  parseResult: fields => ({ deleted: readHashesByScope(fields.require('deleted')) }),
  formatResult: ({ deleted }) => ({ deleted: formatHashesByScope(deleted) }),
  resultText: ({ owner, before }, { deleted }) => signedText(owner, before, allHashesText(deleted)),
}

/** `delete_before`. Spec 20 §3.9. */
export const deleteBefore: Method<DeleteBeforeParams, RecursiveReply<DeletedResult>> = {
  ...recursiveReplies(deleteBeforeRecursion),
  parse,
  format,
  check,
  signedText: signText,
}

function parse(fields: WireFields): DeleteBeforeParams {
  const owner = parseOwner(fields)
  return {
    owner,
    namespace: parseScope(fields),
    before: parseTimestamp(fields, 'before'),
    authority: requireAuthority(fields, owner),
  }
}

function format({ owner, namespace, before, authority }: DeleteBeforeParams, encoding: Encoding): WireObject {
  return wireObject({
    pubkey: formatOwner(owner),
    namespace: formatNamespace(namespace, encoding),
    before,
    ...formatAuthority(authority),
  })
}

function signText({ namespace, before }: Omit<DeleteBeforeParams, 'authority'>): Uint8Array {
  return signedText('delete_before', namespaceText(namespace), before)
}

/** A time in the future is 401 here, not 406. Spec 20 §3.9. */
function check(params: DeleteBeforeParams, context: CheckContext): void {
  if (params.before > context.now + signedTimeTolerance(context)) {
    throw new StorageError('storage.bad-time', {}, { subject: 'delete_before' })
  }
  verifyAuthority({
    ...params,
    method: 'delete_before',
    signedText: signText(params),
    needs: access.delete,
    isRevoked: context.isRevoked,
  })
}
