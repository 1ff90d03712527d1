import { type Ed25519PublicKey, ed25519PublicKey } from '../crypto/index.ts'
import { concatBytes } from '../encoding/index.ts'
import { StorageError } from './storage-error.ts'

declare const subaccountToken: unique symbol
/** 36 bytes: prefix of the account 1 ‖ flags 1 ‖ 00 00 ‖ Ed25519 key 32. Spec 20 §3.3. */
export type SubaccountToken = Uint8Array & { readonly [subaccountToken]: true }

/** What a token allows, as bits. `anyPrefix` alone allows nothing. Spec 20 §3.3. */
export const access = { none: 0, read: 1, write: 2, delete: 4, anyPrefix: 8 } as const

const TOKEN_LENGTH = 36

/** What a token says. Spec 20 §3.3. */
export interface Subaccount {
  /** The first byte of the accounts that it is for. */
  readonly prefix: number
  /** A sum of {@link access}; other bits are reserved. */
  readonly flags: number
  /** Signs requests in the account's stead. */
  readonly publicKey: Ed25519PublicKey
}

/** The owner of the account signs these bytes to grant the token. Spec 20 §3.3. */
export function encodeSubaccountToken({ prefix, flags, publicKey }: Subaccount): SubaccountToken {
  return concatBytes(Uint8Array.of(prefix, flags, 0, 0), publicKey) as SubaccountToken
}

/**
 * Checks the length; the rest is checked where a request is verified. A view of its argument. Spec 20 §3.3.
 * @throws {StorageError} `storage.bad-token`
 */
export function toSubaccountToken(bytes: Uint8Array): SubaccountToken {
  if (bytes.length !== TOKEN_LENGTH) throw new StorageError('storage.bad-token', { length: bytes.length })
  return bytes as SubaccountToken
}

/** The parts of a token; the key is a view. Spec 20 §3.3. */
export function decodeSubaccountToken(token: SubaccountToken): Subaccount {
  return { prefix: token[0] ?? 0, flags: token[1] ?? 0, publicKey: ed25519PublicKey(token.subarray(4)) }
}

/** Whether a token is for accounts of this prefix. Spec 20 §3.3. */
export function coversPrefix({ prefix, flags }: Subaccount, accountPrefix: number): boolean {
  return prefix === accountPrefix || (flags & access.anyPrefix) !== 0
}

/** Whether a token grants all that is needed. Spec 20 §3.3. */
export function grants({ flags }: Subaccount, needed: number): boolean {
  return (flags & needed) === needed
}
