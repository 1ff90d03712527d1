import { ed25519PublicKey, type Ed25519PublicKey } from '../crypto/index.ts'
import { AccountError } from './account-error.ts'
import { idKey, idWithPrefix, prefixKey } from './id-text.ts'

declare const blindedId15: unique symbol
/** 66 lower-case hex digits: `15`, then a 32-byte Ed25519 point. Names a user of one community server. Spec 10 §2.3. */
export type BlindedId15 = string & { readonly [blindedId15]: true }

declare const blindedId25: unique symbol
/** 66 lower-case hex digits: `25`, then a 32-byte Ed25519 point: the second scheme. Spec 10 §2.3. */
export type BlindedId25 = string & { readonly [blindedId25]: true }

/** A user of one community server, blinded by either scheme. Spec 10 §2.3. */
export type BlindedId = BlindedId15 | BlindedId25

/**
 * Reads a blinded id of either scheme. Case is folded; nothing else is forgiven. Spec 10 §1.2.
 * @throws {AccountError} `account.bad-blinded-id`
 */
export function parseBlindedId(text: string): BlindedId {
  const id = idWithPrefix('15', text) ?? idWithPrefix('25', text)
  if (id === undefined) throw new AccountError('account.bad-blinded-id', { length: text.length })
  return id as BlindedId
}

/**
 * Reads a blinded id of the first scheme. Case is folded; nothing else is forgiven. Spec 10 §1.2.
 * @throws {AccountError} `account.bad-blinded-id`
 */
export function parseBlindedId15(text: string): BlindedId15 {
  const id = parseBlindedId(text)
  if (!isBlindedId15(id)) throw new AccountError('account.bad-blinded-id', { length: text.length })
  return id
}

/**
 * Reads a blinded id of the second scheme. Case is folded; nothing else is forgiven. Spec 10 §1.2.
 * @throws {AccountError} `account.bad-blinded-id`
 */
export function parseBlindedId25(text: string): BlindedId25 {
  const id = parseBlindedId(text)
  if (isBlindedId15(id)) throw new AccountError('account.bad-blinded-id', { length: text.length })
  return id
}

/** Whether an id is of the first scheme; if not, it is of the second. Spec 10 §1.2. */
export function isBlindedId15(id: BlindedId): id is BlindedId15 {
  return id.startsWith('15')
}

/** The id of a user whose key was blinded to this point by the first scheme. Spec 10 §2.3. */
export function formatBlindedId15(point: Ed25519PublicKey): BlindedId15 {
  return prefixKey('15', point) as BlindedId15
}

/** The id of a user whose key was blinded to this point by the second scheme. Spec 10 §2.3. */
export function formatBlindedId25(point: Ed25519PublicKey): BlindedId25 {
  return prefixKey('25', point) as BlindedId25
}

/** The point in an id, as fresh bytes. Only that there are 32 of them has been checked. Spec 10 §2.3. */
export function blindedKey(id: BlindedId): Ed25519PublicKey {
  return ed25519PublicKey(idKey(id))
}
