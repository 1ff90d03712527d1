import { ed25519Verify, type X25519PublicKey } from '../crypto/index.ts'
import { encodeHex } from '../encoding/index.ts'
import {
  parseRequestAuth,
  REQUEST_WINDOW_SECONDS,
  type RequestAuth,
  type RequestAuthPolicy,
} from './parse-request-auth.ts'
import { RequestAuthError } from './request-auth-error.ts'
import { type RequestAuthHeaders } from './sign-request.ts'
import { signedRequestText, type CommunityRequest } from './signed-request.ts'
import { type CommunityUserId } from './user-id.ts'

/** Remembers nonces for a whole server, whoever used them. Spec 40 §3, item 11. */
export interface NonceMemory {
  /** Whether the nonce (32 hex digits) was added and its time is not over. */
  has(nonce: string): boolean
  /** Keeps it until a time of the server's clock, in Unix seconds; it may be forgotten after that and not before. */
  add(nonce: string, untilSeconds: number): void
}

/** What a server knows when a request comes. Spec 40 §3. */
export interface RequestAuthServer extends RequestAuthPolicy {
  readonly publicKey: X25519PublicKey
  readonly nonces: NonceMemory
  isBanned(user: CommunityUserId): boolean
}

/**
 * Finds out who sent a request; `undefined` for nobody in particular. The nonce is spent only by a signature that verifies, so
 * that others cannot spend it, and kept until the request itself is out of time (trap 5 of spec 40). Spec 40 §3.
 * @throws {RequestAuthError} with the reply to send
 * @throws {CommunityError} `community.bad-path`
 */
export function authenticateRequest(
  headers: Partial<RequestAuthHeaders>,
  request: CommunityRequest,
  server: RequestAuthServer,
  nowSeconds: number,
): CommunityUserId | undefined {
  const auth = parseRequestAuth(headers, server, nowSeconds)
  if (auth === undefined) return undefined
  if (server.isBanned(auth.user)) throw new RequestAuthError('request-auth.banned')
  const nonce = encodeHex(auth.nonce)
  if (server.nonces.has(nonce)) throw new RequestAuthError('request-auth.nonce-reused')
  if (!verifyRequest(auth, request, server.publicKey)) throw new RequestAuthError('request-auth.wrong-signature')
  server.nonces.add(nonce, auth.sentAtSeconds + REQUEST_WINDOW_SECONDS)
  return auth.user
}

/**
 * Whether the signature belongs to the request and the server. Everything else is the caller's business. Spec 40 §3.
 * @throws {CommunityError} `community.bad-path`
 */
export function verifyRequest(auth: RequestAuth, request: CommunityRequest, server: X25519PublicKey): boolean {
  const text = signedRequestText(server, auth.nonce, auth.timestamp, request)
  return ed25519Verify(auth.publicKey, text, auth.signature)
}
