import { AccountError, accountIdOfSigner, decodeIdBytes, type AccountId, type GroupId } from '../account/index.ts'
import { ed25519PublicKey, ed25519Signature, type Ed25519PublicKey } from '../crypto/index.ts'
import { type JsonObject } from '../encoding/index.ts'
import { authorityOf, toSubaccountToken, type Authority, type SubaccountGrant } from '../storage/index.ts'
import { PushRequestError } from './push-request-error.ts'
import { asBytes, optionalField, requireField } from './request-fields.ts'

/** Whose messages a request is about, and by what right. */
export interface PushIdentity {
  readonly owner: AccountId | GroupId
  readonly authority: Authority
}

/**
 * Reads the members that all requests have. The Ed25519 key is there for 05 accounts and for them only, and gives the account
 * id; token and its signature are both there or neither. Spec 40 §9.1.
 * @throws {PushRequestError} `push-request.missing-field`, `push-request.bad-field`
 */
export function parseIdentity(fields: JsonObject): PushIdentity {
  const owner = parseOwner(asBytes(requireField(fields, 'pubkey'), 33))
  const key = parseKey(fields, owner)
  const grant = parseGrant(fields)
  const signature = ed25519Signature(asBytes(requireField(fields, 'signature'), 64))
  return { owner, authority: authorityOf(signature, key, grant) }
}

function parseOwner(bytes: Uint8Array): AccountId | GroupId {
  try {
    const any = decodeIdBytes(bytes)
    if (any.kind === 'account' || any.kind === 'group') return any.id
  } catch (cause) {
    if (!(cause instanceof AccountError)) throw cause
  }
  throw new PushRequestError('push-request.bad-field')
}

function parseKey(fields: JsonObject, owner: AccountId | GroupId): Ed25519PublicKey | undefined {
  const value = optionalField(fields, 'session_ed25519')
  if (owner.startsWith('03')) {
    if (value !== undefined) throw new PushRequestError('push-request.bad-field')
    return undefined
  }
  if (value === undefined) throw new PushRequestError('push-request.missing-field')
  const key = ed25519PublicKey(asBytes(value, 32))
  if (accountIdOfSigner(key) !== owner) throw new PushRequestError('push-request.bad-field')
  return key
}

function parseGrant(fields: JsonObject): SubaccountGrant | undefined {
  const token = optionalField(fields, 'subaccount')
  const signature = optionalField(fields, 'subaccount_sig')
  if (token === undefined && signature === undefined) return undefined
  if (token === undefined || signature === undefined) throw new PushRequestError('push-request.missing-field')
  return {
    token: toSubaccountToken(asBytes(token, 36)),
    ownerSignature: ed25519Signature(asBytes(signature, 64)),
  }
}
