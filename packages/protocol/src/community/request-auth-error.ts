import { SottoError, type ErrorDetail } from '../error/index.ts'

/** Codes of `RequestAuthError`, in the order in which a server finds them; stable. Spec 40 §3. */
export type RequestAuthErrorCode =
  | 'request-auth.missing-headers'
  | 'request-auth.bad-key'
  | 'request-auth.bad-prefix'
  | 'request-auth.bad-point'
  | 'request-auth.blinding-required'
  | 'request-auth.bad-nonce'
  | 'request-auth.bad-signature'
  | 'request-auth.bad-timestamp'
  | 'request-auth.out-of-time'
  | 'request-auth.banned'
  | 'request-auth.nonce-reused'
  | 'request-auth.wrong-signature'

const sentences: Readonly<Record<RequestAuthErrorCode, string>> = {
  'request-auth.missing-headers': 'The request says only in part who sends it.',
  'request-auth.bad-key': 'The request names no valid sender.',
  'request-auth.bad-prefix': 'The request names a sender of a kind that this community does not take.',
  'request-auth.bad-point': 'The key of the sender is not valid.',
  'request-auth.blinding-required': 'This community takes only blinded ids.',
  'request-auth.bad-nonce': 'The random number of the request is not valid.',
  'request-auth.bad-signature': 'The signature of the request is not written as it should be.',
  'request-auth.bad-timestamp': 'The time of the request is not a number.',
  'request-auth.out-of-time': 'The clock of this device and that of the community are too far apart.',
  'request-auth.banned': 'You are banned from this community.',
  'request-auth.nonce-reused': 'The request was sent before.',
  'request-auth.wrong-signature': 'The signature of the request does not fit.',
}

/** What a server answers; the body is `text/plain`. Clients match some of the texts literally. Spec 40 §3. */
export interface RequestAuthReply {
  readonly status: 400 | 401 | 403 | 425
  readonly text: string
}

/** The answer by which a client learns that it has to use its blinded id. Spec 40 §3, item 5. */
export const BLINDING_REQUIRED_TEXT = 'Invalid authentication: this server requires the use of blinded ids'

const replies: Readonly<Record<RequestAuthErrorCode, (detail: ErrorDetail) => RequestAuthReply>> = {
  'request-auth.missing-headers': ({ missing }) => ({
    status: 400,
    text: `Invalid authentication headers: missing ${Number(missing)}/4 required X-SOGS-* headers`,
  }),
  'request-auth.bad-key': () => invalid(400, 'X-SOGS-Pubkey is not a valid 66-hex digit id'),
  'request-auth.bad-prefix': ({ accepts25 }) =>
    invalid(400, `X-SOGS-Pubkey must be ${accepts25 === true ? '00-, 15-, or 25-' : '00- or 15-'} prefixed`),
  'request-auth.bad-point': () => invalid(400, 'given X-SOGS-Pubkey is not a valid Ed25519 pubkey'),
  'request-auth.blinding-required': () => ({ status: 400, text: BLINDING_REQUIRED_TEXT }),
  'request-auth.bad-nonce': () => invalid(400, 'X-SOGS-Nonce must be 16 bytes (encoded as base64 or hex)'),
  'request-auth.bad-signature': () => invalid(400, 'X-SOGS-Signature is not base64[88]'),
  'request-auth.bad-timestamp': () => invalid(400, 'X-SOGS-Timestamp is not a valid timestamp'),
  'request-auth.out-of-time': () => invalid(425, 'X-SOGS-Timestamp is too far from current time'),
  'request-auth.banned': () => ({ status: 403, text: 'Banned' }),
  'request-auth.nonce-reused': () => invalid(425, 'X-SOGS-Nonce cannot be reused'),
  'request-auth.wrong-signature': () => invalid(401, 'X-SOGS-Signature verification failed'),
}

/** Headers of a request that a server does not accept. Spec 40 §3. */
export class RequestAuthError extends SottoError<RequestAuthErrorCode> {
  override readonly name = 'RequestAuthError'

  override get sentence(): string {
    return sentences[this.code]
  }

  /** Status and body that existing servers answer with. */
  get reply(): RequestAuthReply {
    return replies[this.code](this.detail)
  }
}

function invalid(status: RequestAuthReply['status'], what: string): RequestAuthReply {
  return { status, text: `Invalid authentication: ${what}` }
}
