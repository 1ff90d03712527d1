import { SottoError } from '../error/index.ts'

/** Codes of `CommunityError`; stable. No spec: the codes are ours. */
export type CommunityErrorCode =
  | 'community.too-long'
  | 'community.bad-server'
  | 'community.bad-room'
  | 'community.bad-key'
  | 'community.missing-key'
  | 'community.bad-user'
  | 'community.bad-path'
  | 'community.bad-nonce'
  | 'community.bad-time'
  | 'community.bad-size'
  | 'community.bad-batch'
  | 'community.bad-reply'

const sentences: Readonly<Record<CommunityErrorCode, string>> = {
  'community.too-long': 'The address is longer than one can be.',
  'community.bad-server': 'The address of the community server is not valid; it begins with http:// or https://.',
  'community.bad-room': 'The name of the room is not valid: letters, digits, hyphens and underscores, at most 64.',
  'community.bad-key': 'The address does not end in a valid public key of the server.',
  'community.missing-key': 'The public key of the server is missing at the end of the address.',
  'community.bad-user': 'This is not the id of a user of a community.',
  'community.bad-path': 'The path of a request is not valid.',
  'community.bad-nonce': 'The random number of a request has the wrong length.',
  'community.bad-time': 'The time of a request has to be a whole number of seconds.',
  'community.bad-size': 'A stored message is longer than it was when it came.',
  'community.bad-batch': 'The list of requests is not valid.',
  'community.bad-reply': 'The community server answered in a way that makes no sense.',
}

/**
 * Addresses of rooms, ids and requests that are none. What a server answers to bad headers is a `RequestAuthError`.
 * No spec: the codes are ours.
 */
export class CommunityError extends SottoError<CommunityErrorCode> {
  override readonly name = 'CommunityError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
