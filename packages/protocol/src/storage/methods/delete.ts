import { type SwarmOwner } from '../../swarm/index.ts'
import { type Authority, formatAuthority, requireAuthority } from '../auth/authority.ts'
import { verifyAuthority } from '../auth/verify-authority.ts'
import { type MessageHash, sortHashes } from '../message-hash.ts'
import { signedText } from '../signed-text.ts'
import { access } from '../subaccount.ts'
import { formatOwner, parseFlag, parseMessages, parseOwner, readHashes } from '../wire/common-fields.ts'
import { wireObject, type WireObject } from '../wire/wire.ts'
import { type WireFields } from '../wire/wire-reader.ts'
import { type Method } from './method.ts'
import { type RecursiveReply, type Recursion, recursiveReplies } from './recursive.ts'

/** Deletes messages by hash, in whatever namespace. No time is signed: it stays valid. Spec 20 §3.8, trap 5. */
export interface DeleteParams {
  readonly owner: SwarmOwner
  readonly messages: readonly MessageHash[]
  /** 404, with the normal body, if nothing was deleted anywhere. */
  readonly required: boolean
  readonly authority: Authority
}

/** What a member deleted. Spec 20 §3.8. */
export interface DeleteResult {
  /** Those that the member had. In the order of ASCII. */
  readonly deleted: readonly MessageHash[]
}

/** Members sign account ‖ requested hashes in their order ‖ deleted hashes. Spec 20 §3.8. */
export const deleteRecursion: Recursion<DeleteParams, DeleteResult> = {
  parseResult: fields => ({ deleted: readHashes(fields.require('deleted')) }),
  formatResult: ({ deleted }) => ({ deleted: sortHashes(deleted) }),
  resultText: ({ owner, messages }, { deleted }) => signedText(owner, messages.join(''), sortHashes(deleted).join('')),
}

/** `delete`. Spec 20 §3.8. */
export const deleteMessages: Method<DeleteParams, RecursiveReply<DeleteResult>> = {
  ...recursiveReplies(deleteRecursion),
  parse,
  format,
  replyStatuses: [200, 404, 500],
  check: (params, { isRevoked }) =>
    verifyAuthority({ ...params, method: 'delete', signedText: signText(params), needs: access.delete, isRevoked }),
  signedText: signText,
}

function parse(fields: WireFields): DeleteParams {
  const owner = parseOwner(fields)
  return {
    owner,
    messages: parseMessages(fields),
    required: parseFlag(fields, 'required'),
    authority: requireAuthority(fields, owner),
  }
}

function format({ owner, messages, required, authority }: DeleteParams): WireObject {
  return wireObject({
    pubkey: formatOwner(owner),
    messages,
    required: required ? true : undefined,
    ...formatAuthority(authority),
  })
}

function signText({ messages }: Omit<DeleteParams, 'authority'>): Uint8Array {
  return signedText('delete', messages.join(''))
}
