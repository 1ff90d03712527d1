import { formatAccountId, formatBlindedId15, formatBlindedId25 } from '../account/index.ts'
import {
  ed25519PublicKey,
  ed25519Signature,
  ed25519ToX25519,
  isValidPoint,
  type Ed25519PublicKey,
  type Ed25519Signature,
} from '../crypto/index.ts'
import { decodeHexOrBase64 } from '../encoding/index.ts'
import { RequestAuthError } from './request-auth-error.ts'
import { type RequestAuthHeaders } from './sign-request.ts'
import { type CommunityUserId } from './user-id.ts'

/** Who may speak to a server. Spec 40 §3. */
export interface RequestAuthPolicy {
  /** Refuse unblinded keys. */
  readonly requireBlinding: boolean
  /** Take 25-blinded ids as well, which existing servers do not. */
  readonly accept25: boolean
}

/** Headers whose form is right; nothing is known of the signature yet. Spec 40 §3. */
export interface RequestAuth {
  readonly user: CommunityUserId
  /** Under which the signature has to verify. */
  readonly publicKey: Ed25519PublicKey
  /** 16 bytes. */
  readonly nonce: Uint8Array
  /** As sent, because it is signed as sent. */
  readonly timestamp: string
  readonly sentAtSeconds: number
  readonly signature: Ed25519Signature
}

/** How far a request's time may be from the server's. Spec 40 §3. */
export const REQUEST_WINDOW_SECONDS = 86_400

/**
 * Reads the headers in the order of spec 40 §3, items 1 to 9. `undefined`: there are none, the request is anonymous. A header
 * that is empty counts as missing.
 * @throws {RequestAuthError} the codes up to `request-auth.out-of-time`
 */
export function parseRequestAuth(
  headers: Partial<RequestAuthHeaders>,
  policy: RequestAuthPolicy,
  nowSeconds: number,
): RequestAuth | undefined {
  const { 'X-SOGS-Pubkey': key = '', 'X-SOGS-Nonce': nonceText = '' } = headers
  const { 'X-SOGS-Timestamp': timestamp = '', 'X-SOGS-Signature': signatureText = '' } = headers
  const missing = [key, nonceText, timestamp, signatureText].filter(text => text === '').length
  if (missing === 4) return undefined
  if (missing > 0) throw new RequestAuthError('request-auth.missing-headers', { missing })
  const { user, publicKey } = parseKey(key, policy)
  const nonce = decodeHexOrBase64(nonceText, 16)
  if (nonce === undefined) throw new RequestAuthError('request-auth.bad-nonce', { length: nonceText.length })
  const signature = decodeHexOrBase64(signatureText, 64)
  if (signature === undefined)
    throw new RequestAuthError('request-auth.bad-signature', { length: signatureText.length })
  const sentAtSeconds = parseTime(timestamp, nowSeconds)
  return { user, publicKey, nonce, timestamp, sentAtSeconds, signature: ed25519Signature(signature) }
}

/** Items 2 to 5. */
function parseKey(
  text: string,
  { accept25, requireBlinding }: RequestAuthPolicy,
): Pick<RequestAuth, 'user' | 'publicKey'> {
  const bytes = decodeHexOrBase64(text, 33)
  if (bytes === undefined) throw new RequestAuthError('request-auth.bad-key', { length: text.length })
  const prefix = bytes[0]
  if (prefix !== 0x00 && prefix !== 0x15 && !(prefix === 0x25 && accept25)) {
    throw new RequestAuthError('request-auth.bad-prefix', { accepts25: accept25 })
  }
  const publicKey = ed25519PublicKey(bytes.subarray(1))
  if (!isValidPoint(publicKey)) throw new RequestAuthError('request-auth.bad-point')
  if (prefix === 0x00) {
    if (requireBlinding) throw new RequestAuthError('request-auth.blinding-required')
    return { user: formatAccountId(ed25519ToX25519(publicKey)), publicKey }
  }
  return { user: prefix === 0x15 ? formatBlindedId15(publicKey) : formatBlindedId25(publicKey), publicKey }
}

/** Items 8 and 9. */
function parseTime(text: string, nowSeconds: number): number {
  if (!/^-?[0-9]{1,20}$/.test(text)) throw new RequestAuthError('request-auth.bad-timestamp', { length: text.length })
  const sentAtSeconds = Number(text)
  if (Math.abs(sentAtSeconds - nowSeconds) > REQUEST_WINDOW_SECONDS)
    throw new RequestAuthError('request-auth.out-of-time')
  return sentAtSeconds
}
