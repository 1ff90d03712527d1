import {
  type Ed25519PublicKey,
  ed25519PublicKey,
  ed25519Verify,
  equalBytes,
  type KeyConversion,
  tryEd25519ToX25519,
} from '../../crypto/index.ts'
import { type SwarmOwner, swarmOwnerBytes, swarmOwnerPrefix } from '../../swarm/index.ts'
import { StorageError } from '../storage-error.ts'
import { coversPrefix, grants, decodeSubaccountToken, type SubaccountToken } from '../subaccount.ts'
import { type Authority, type SubaccountGrant } from './authority.ts'

/** What a request must be allowed to do, and the bytes that say so. Spec 20 §3.3. */
export interface Claim {
  /** The wire name of the method, for the reply. */
  readonly method: string
  readonly owner: SwarmOwner
  readonly authority: Authority
  readonly signedText: Uint8Array
  /** A sum of `access`: what a token must grant. `owner` if no token will do. */
  readonly needs: number | 'owner'
  readonly isRevoked: (owner: SwarmOwner, token: SubaccountToken) => boolean
  /** Of the context in which the claim is made. */
  readonly convertKey?: KeyConversion | undefined
}

/**
 * Whoever asks is allowed to: by the account's own signature, or by a token, in this order: not revoked, for this prefix,
 * with all that is needed, signed by the owner, request signed by the token's key. Which of them failed is not told.
 * Spec 20 §3.3.
 * @throws {StorageError} `storage.bad-signature`
 */
export function verifyAuthority(claim: Claim): void {
  const { method, authority, signedText } = claim
  const key = signingKey(claim)
  if (key === undefined || !ed25519Verify(key, signedText, authority.signature)) {
    throw new StorageError('storage.bad-signature', {}, { subject: method })
  }
}

/** The key that must have signed; `undefined` if nobody may. */
function signingKey(claim: Claim): Ed25519PublicKey | undefined {
  const accountKey = accountSigningKey(claim)
  const { grant } = claim.authority
  if (grant === undefined || claim.needs === 'owner') return accountKey
  return accountKey === undefined ? undefined : grantedKey(claim, grant, accountKey, claim.needs)
}

function grantedKey(
  { owner, isRevoked }: Claim,
  { token, ownerSignature }: SubaccountGrant,
  accountKey: Ed25519PublicKey,
  needs: number,
): Ed25519PublicKey | undefined {
  if (isRevoked(owner, token)) return undefined
  const subaccount = decodeSubaccountToken(token)
  if (!coversPrefix(subaccount, swarmOwnerPrefix(owner)) || !grants(subaccount, needs)) return undefined
  return ed25519Verify(accountKey, token, ownerSignature) ? subaccount.publicKey : undefined
}

/**
 * Without a key beside it, the account itself is the Ed25519 key, which is right for groups. A key beside it must be the one
 * that the account id was converted from. Spec 20 §3.2.
 */
function accountSigningKey({
  owner,
  authority: { publicKey: given },
  convertKey = tryEd25519ToX25519,
}: Claim): Ed25519PublicKey | undefined {
  const accountBytes = swarmOwnerBytes(owner).subarray(1)
  if (given === undefined) return ed25519PublicKey(accountBytes)
  const converted = convertKey(given)
  return converted !== undefined && equalBytes(converted, accountBytes) ? given : undefined
}
