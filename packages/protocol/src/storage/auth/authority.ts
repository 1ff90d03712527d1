import { type Ed25519PublicKey, ed25519PublicKey, type Ed25519Signature, ed25519Signature } from '../../crypto/index.ts'
import { swarmOwnerPrefix, type SwarmOwner } from '../../swarm/index.ts'
import { type SubaccountToken, toSubaccountToken } from '../subaccount.ts'
import { base64, hex, type Wire } from '../wire/wire.ts'
import { type WireFields, type WireReader } from '../wire/wire-reader.ts'

/** A token with the signature of the account's owner over its 36 bytes. Spec 20 §3.3. */
export interface SubaccountGrant {
  readonly token: SubaccountToken
  readonly ownerSignature: Ed25519Signature
}

/** By what right a request is made. Spec 20 §3.2, §3.3. */
export interface Authority {
  /** By the account's key, or by that of the token. */
  readonly signature: Ed25519Signature
  /** Only for 05 accounts, and needed for them: the Ed25519 key that the account id comes from. */
  readonly publicKey?: Ed25519PublicKey
  /** The account's owner has granted this to whoever signs. */
  readonly grant?: SubaccountGrant
}

/** `undefined` without a signature. What else is there is checked all the same. Spec 20 §3.2. */
export function parseAuthority(fields: WireFields, owner: SwarmOwner): Authority | undefined {
  const publicKey = parsePublicKey(fields, owner)
  const grant = parseGrant(fields)
  const signature = fields.get('signature')
  return signature === undefined ? undefined : authorityOf(readSignature(signature), publicKey, grant)
}

/** @throws {StorageError} `storage.missing-field` without a signature */
export function requireAuthority(fields: WireFields, owner: SwarmOwner): Authority {
  const publicKey = parsePublicKey(fields, owner)
  const grant = parseGrant(fields)
  return authorityOf(readSignature(fields.require('signature')), publicKey, grant)
}

/** Leaves out what is not given. Spec 20 §3.3. */
export function authorityOf(
  signature: Ed25519Signature,
  publicKey: Ed25519PublicKey | undefined,
  grant: SubaccountGrant | undefined,
): Authority {
  return { signature, ...(publicKey === undefined ? {} : { publicKey }), ...(grant === undefined ? {} : { grant }) }
}

/** 64 bytes; in JSON 86 characters of base64, or 88 with padding. Spec 20 §3.2. */
export function readSignature(value: WireReader): Ed25519Signature {
  return ed25519Signature(value.bytes({ min: 64, max: 64, spelling: 'base64' }))
}

/** The members that {@link parseAuthority} reads; none without an authority. */
export function formatAuthority(authority: Authority | undefined): Readonly<Record<string, Wire | undefined>> {
  if (authority === undefined) return {}
  return {
    signature: base64(authority.signature),
    pubkey_ed25519: hex(authority.publicKey),
    subaccount: base64(authority.grant?.token),
    subaccount_sig: base64(authority.grant?.ownerSignature),
  }
}

function parsePublicKey(fields: WireFields, owner: SwarmOwner): Ed25519PublicKey | undefined {
  const value = fields.get('pubkey_ed25519')
  if (value === undefined) return undefined
  if (swarmOwnerPrefix(owner) !== 0x05) throw value.bad()
  return ed25519PublicKey(value.bytes({ min: 32, max: 32, spelling: 'hex' }))
}

/** An empty token counts as none. Spec 20 §3.3. */
function parseGrant(fields: WireFields): SubaccountGrant | undefined {
  const token = fields.get('subaccount')
  if (token === undefined || isEmpty(token)) return undefined
  return { token: readToken(token), ownerSignature: readSignature(fields.require('subaccount_sig')) }
}

function isEmpty(value: WireReader): boolean {
  return value.encoding === 'json'
    ? value.text() === ''
    : value.bytes({ max: Infinity, spelling: 'base64' }).length === 0
}

/** 36 bytes; in JSON 48 characters of base64 or 72 of hex. Spec 20 §3.3. */
export function readToken(value: WireReader): SubaccountToken {
  return toSubaccountToken(value.bytes({ min: 36, max: 36, spelling: 'hex or base64' }))
}
