import { type SwarmOwner } from '../../swarm/index.ts'
import { type Authority, formatAuthority, requireAuthority } from '../auth/authority.ts'
import { requireFresh } from '../auth/check-context.ts'
import { verifyAuthority } from '../auth/verify-authority.ts'
import { type NamespaceScope, namespaceText } from '../namespace.ts'
import { signedText } from '../signed-text.ts'
import { access } from '../subaccount.ts'
import { formatNamespace, formatOwner, parseOwner, parseScope, parseTimestamp } from '../wire/common-fields.ts'
import { type Encoding, wireObject, type WireObject } from '../wire/wire.ts'
import { type WireFields } from '../wire/wire-reader.ts'
import { allHashesText, formatHashesByScope, type HashesByScope, readHashesByScope } from './hashes-by-scope.ts'
import { type Method } from './method.ts'
import { type RecursiveReply, type Recursion, recursiveReplies } from './recursive.ts'

/** Deletes everything in a namespace or in all of them. Spec 20 §3.9. */
export interface DeleteAllParams {
  readonly owner: SwarmOwner
  readonly namespace: NamespaceScope
  /** Unix ms. */
  readonly timestamp: number
  readonly authority: Authority
}

/** The messages that a member no longer has. Spec 20 §3.9. */
export interface DeletedResult {
  readonly deleted: HashesByScope
}

/** Members sign account ‖ time ‖ hashes. Spec 20 §3.9. */
export const deleteAllRecursion: Recursion<DeleteAllParams, DeletedResult> = {
  parseResult: fields => ({ deleted: readHashesByScope(fields.require('deleted')) }),
  formatResult: ({ deleted }) => ({ deleted: formatHashesByScope(deleted) }),
  resultText: ({ owner, timestamp }, { deleted }) => signedText(owner, timestamp, allHashesText(deleted)),
}

/** `delete_all`. Spec 20 §3.9. */
export const deleteAll: Method<DeleteAllParams, RecursiveReply<DeletedResult>> = {
  ...recursiveReplies(deleteAllRecursion),
  parse,
  format,
  check: (params, context) => {
    requireFresh(params.timestamp, context)
    verifyAuthority({
      ...params,
      method: 'delete_all',
      signedText: signText(params),
      needs: access.delete,
      isRevoked: context.isRevoked,
    })
  },
  signedText: signText,
}

function parse(fields: WireFields): DeleteAllParams {
  const owner = parseOwner(fields)
  return {
    owner,
    namespace: parseScope(fields),
    timestamp: parseTimestamp(fields, 'timestamp'),
    authority: requireAuthority(fields, owner),
  }
}

function format({ owner, namespace, timestamp, authority }: DeleteAllParams, encoding: Encoding): WireObject {
  return wireObject({
    pubkey: formatOwner(owner),
    namespace: formatNamespace(namespace, encoding),
    timestamp,
    ...formatAuthority(authority),
  })
}

function signText({ namespace, timestamp }: Omit<DeleteAllParams, 'authority'>): Uint8Array {
  return signedText('delete_all', namespaceText(namespace), timestamp)
}
