import { encodeBase64 } from '../encoding/index.ts'
import { CommunityError } from './community-error.ts'
import { signAsIdentity, type CommunityIdentity } from './identity.ts'
import { signedRequestText, type CommunityRequest } from './signed-request.ts'

/** The headers that say who asks; all four are sent, or none. Names are compared without case. Spec 40 §3. */
export interface RequestAuthHeaders {
  readonly 'X-SOGS-Pubkey': string
  readonly 'X-SOGS-Nonce': string
  readonly 'X-SOGS-Timestamp': string
  readonly 'X-SOGS-Signature': string
}

/** Picks them out of a request's headers, whose names are in lower case. Spec 40 §3. */
export function requestAuthHeaders(headers: ReadonlyMap<string, string>): Partial<RequestAuthHeaders> {
  const found = authHeaderNames.map(name => [name, headers.get(name.toLowerCase())] as const)
  return Object.fromEntries(found.filter(([, value]) => value !== undefined))
}

/** What makes a signed request one of its kind. Spec 40 §3. */
export interface RequestMoment {
  /** 16 random bytes; a server takes each only once, whoever sends it. */
  readonly nonce: Uint8Array
  /** Network time. Servers take what is at most a day off their clock. */
  readonly sentAtSeconds: number
}

const authHeaderNames = ['X-SOGS-Pubkey', 'X-SOGS-Nonce', 'X-SOGS-Timestamp', 'X-SOGS-Signature'] as const

/**
 * Signs a request to a community server. For `/batch` and `/sequence` only the outer request is signed. Spec 40 §3.
 * @throws {CommunityError} `community.bad-nonce`, `community.bad-time`, `community.bad-path`
 */
export function signRequest(
  identity: CommunityIdentity,
  request: CommunityRequest,
  { nonce, sentAtSeconds }: RequestMoment,
): RequestAuthHeaders {
  if (nonce.length !== 16) throw new CommunityError('community.bad-nonce', { length: nonce.length })
  if (!Number.isSafeInteger(sentAtSeconds) || sentAtSeconds < 0) throw new CommunityError('community.bad-time')
  const timestamp = String(sentAtSeconds)
  const text = signedRequestText(identity.server, nonce, timestamp, request)
  return {
    'X-SOGS-Pubkey': identity.id,
    'X-SOGS-Nonce': encodeBase64(nonce),
    'X-SOGS-Timestamp': timestamp,
    'X-SOGS-Signature': encodeBase64(signAsIdentity(identity, text)),
  }
}
