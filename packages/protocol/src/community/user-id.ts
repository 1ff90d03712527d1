import { parseAnyId, type AccountId, type BlindedId } from '../account/index.ts'
import { SottoError } from '../error/index.ts'
import { CommunityError } from './community-error.ts'

/** How a community server names a user: by account id where blinding is not required, else blinded. Spec 40 §2. */
export type CommunityUserId = AccountId | BlindedId

/**
 * Reads the id of a user that a server names. Case is folded (trap 6 of spec 40). Spec 40 §2.
 * @throws {CommunityError} `community.bad-user`
 */
export function parseCommunityUserId(text: string): CommunityUserId {
  let any
  try {
    any = parseAnyId(text)
  } catch (cause) {
    if (cause instanceof SottoError) throw new CommunityError('community.bad-user', { length: text.length }, { cause })
    throw cause
  }
  if (any.kind === 'account' || any.kind === 'blinded15' || any.kind === 'blinded25') return any.id
  throw new CommunityError('community.bad-user', { length: text.length })
}

/** Tells account ids from blinded ones. Spec 40 §2. */
export function isAccountId(id: CommunityUserId): id is AccountId {
  return id.startsWith('05')
}
