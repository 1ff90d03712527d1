import { type SwarmOwner } from '../../swarm/index.ts'
import { type Authority, formatAuthority, requireAuthority } from '../auth/authority.ts'
import { type CheckContext, signedTimeTolerance } from '../auth/check-context.ts'
import { verifyAuthority } from '../auth/verify-authority.ts'
import { type NamespaceScope, namespaceText } from '../namespace.ts'
import { signedText } from '../signed-text.ts'
import { StorageError } from '../storage-error.ts'
import { access } from '../subaccount.ts'
import { formatNamespace, formatOwner, parseOwner, parseScope } from '../wire/common-fields.ts'
import { type Encoding, wireObject, type WireObject } from '../wire/wire.ts'
import { type WireFields } from '../wire/wire-reader.ts'
import { allHashesText, formatHashesByScope, type HashesByScope, readHashesByScope } from './hashes-by-scope.ts'
import { type Method } from './method.ts'
import { type RecursiveReply, type Recursion, recursiveReplies } from './recursive.ts'

/** Makes everything expire by a time; never later than it would anyway. Spec 20 §3.9. */
export interface ExpireAllParams {
  readonly owner: SwarmOwner
  readonly namespace: NamespaceScope
  /** Unix ms. */
  readonly expiry: number
  readonly authority: Authority
}

/** The messages whose expiry a member has changed. Spec 20 §3.9. */
export interface UpdatedResult {
  readonly updated: HashesByScope
}

/** Members sign account ‖ expiry ‖ hashes. Spec 20 §3.9. */
export const expireAllRecursion: Recursion<ExpireAllParams, UpdatedResult> = {
  parseResult: fields => ({ updated: readHashesByScope(fields.require('updated')) }),
  formatResult: ({ updated }) => ({ updated: formatHashesByScope(updated) }),
  resultText: ({ owner, expiry }, { updated }) => signedText(owner, expiry, allHashesText(updated)),
}

/** `expire_all`. Spec 20 §3.9. */
export const expireAll: Method<ExpireAllParams, RecursiveReply<UpdatedResult>> = {
  ...recursiveReplies(expireAllRecursion),
  parse,
  format,
  check,
  signedText: signText,
}

function parse(fields: WireFields): ExpireAllParams {
  const owner = parseOwner(fields)
  return {
    owner,
    namespace: parseScope(fields),
    expiry: fields.require('expiry').integer(),
    authority: requireAuthority(fields, owner),
  }
}

function format({ owner, namespace, expiry, authority }: ExpireAllParams, encoding: Encoding): WireObject {
  return wireObject({
    pubkey: formatOwner(owner),
    namespace: formatNamespace(namespace, encoding),
    expiry,
    ...formatAuthority(authority),
  })
}

function signText({ namespace, expiry }: Omit<ExpireAllParams, 'authority'>): Uint8Array {
  return signedText('expire_all', namespaceText(namespace), expiry)
}

function check(params: ExpireAllParams, context: CheckContext): void {
  if (params.expiry < context.now - signedTimeTolerance(context)) throw new StorageError('storage.bad-clock')
  verifyAuthority({
    ...params,
    method: 'expire_all',
    signedText: signText(params),
    needs: access.delete,
    isRevoked: context.isRevoked,
  })
}
