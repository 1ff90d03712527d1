import { decodeHex, encodeHex } from '../encoding/index.ts'
import { AccountError } from './account-error.ts'
import { type AccountId, parseAccountId } from './account-id.ts'
import { type BlindedId15, type BlindedId25, parseBlindedId15, parseBlindedId25 } from './blinded-id.ts'
import { type GroupId, parseGroupId } from './group-id.ts'
import { parseUnblindedId, type UnblindedId } from './unblinded-id.ts'
import { parseVersionCheckId, type VersionCheckId } from './version-check-id.ts'

/** An id with the word for what it names. Spec 10 §1.2. */
export type AnyId =
  | { readonly kind: 'account'; readonly id: AccountId }
  | { readonly kind: 'group'; readonly id: GroupId }
  | { readonly kind: 'blinded15'; readonly id: BlindedId15 }
  | { readonly kind: 'blinded25'; readonly id: BlindedId25 }
  | { readonly kind: 'unblinded'; readonly id: UnblindedId }
  | { readonly kind: 'version-check'; readonly id: VersionCheckId }

const parsers: ReadonlyMap<string, (text: string) => AnyId> = new Map<string, (text: string) => AnyId>([
  ['00', text => ({ kind: 'unblinded', id: parseUnblindedId(text) })],
  ['03', text => ({ kind: 'group', id: parseGroupId(text) })],
  ['05', text => ({ kind: 'account', id: parseAccountId(text) })],
  ['07', text => ({ kind: 'version-check', id: parseVersionCheckId(text) })],
  ['15', text => ({ kind: 'blinded15', id: parseBlindedId15(text) })],
  ['25', text => ({ kind: 'blinded25', id: parseBlindedId25(text) })],
])

/**
 * Reads an id of any kind and says which it is. Case is folded; nothing else is forgiven. Spec 10 §1.2.
 * @throws {AccountError} `account.unknown-id` for another prefix, or else the code of that kind of id
 */
export function parseAnyId(text: string): AnyId {
  const parser = parsers.get(text.slice(0, 2))
  if (parser === undefined) throw new AccountError('account.unknown-id', { length: text.length })
  return parser(text)
}

/** The 33 bytes of an id, prefix ‖ key, fresh: as they are hashed and bencoded. Spec 10 §1.2. */
export function encodeIdBytes(id: AnyId['id']): Uint8Array {
  return decodeHex(id)
}

/**
 * Undoes `encodeIdBytes`. Spec 10 §1.2.
 * @throws {AccountError} `account.unknown-id`, or the code of the kind of id when the length is wrong
 */
export function decodeIdBytes(bytes: Uint8Array): AnyId {
  // One byte more than an id has is enough to see that it is none.
  return parseAnyId(encodeHex(bytes.subarray(0, 34)))
}
