import { type StorageError, type StorageErrorCode } from './storage-error.ts'

/** A status of spec 20 §3.17 and a plain text. */
export interface TextReply {
  readonly status: number
  readonly text: string
}

/** Longer names are cut in the reply: nobody gets ten megabytes of their own back. */
const MAX_SUBJECT = 100

/** What a node answers to each mistake. `%` stands for the field or method. Spec 20 §3.1, §3.2, §3.7; spec 21 §1. */
const replies: Readonly<Record<StorageErrorCode, readonly [status: number, text: string]>> = {
  'storage.too-long': [413, 'Request body too large'],
  'storage.invalid-json': [400, 'invalid json'],
  'storage.invalid-bencode': [400, 'invalid request: invalid bencoding'],
  'storage.no-method': [400, 'invalid json: no `method` field'],
  'storage.no-params': [400, 'invalid json: no `params` field'],
  'storage.unknown-method': [400, 'no method %'],
  'storage.invalid-method': [400, 'invalid request: invalid method "%"'],
  'storage.missing-field': [400, "invalid request: Required field '%' missing"],
  'storage.bad-field': [400, "invalid request: Invalid value given for '%'"],
  'storage.conflicting-fields': [400, "invalid request: Conflicting values given for '%'"],
  'storage.too-many': [400, "invalid request: Too many values given for '%'"],
  'storage.too-few': [400, "invalid request: Too few values given for '%'"],
  'storage.too-deep': [400, 'invalid request: nested too deeply'],
  'storage.shorten-not-allowed': [400, 'invalid request: shorten requires the delete permission'],
  'storage.bad-ttl': [403, 'Provided expiry/TTL is not valid.'],
  'storage.inactive-feature': [403, 'not active yet'],
  'storage.bad-clock': [406, 'Timestamp error: check your clock'],
  'storage.already-expired': [406, 'Timestamp error: message has already expired'],
  'storage.bad-time': [401, '%: invalid time'],
  'storage.signature-required': [401, '%: request signature required'],
  'storage.bad-signature': [401, '%: signature verification failed'],
  // These come up while replies, records and frames are read, and in code that names its own things wrongly.
  'storage.bad-reply': [500, 'request failed'],
  'storage.bad-namespace': [400, 'invalid request: invalid namespace'],
  'storage.bad-hash': [400, 'invalid request: invalid message hash'],
  'storage.bad-token': [400, 'invalid request: invalid subaccount token'],
  'storage.bad-record': [500, 'request failed'],
  'storage.bad-frame': [400, 'invalid request'],
}

/** The reply to a request that was refused. 421 is not among them: its body is the right swarm. Spec 20 §3.17. */
export function errorReply(error: StorageError): TextReply {
  const [status, text] = replies[error.code]
  return { status, text: text.replace('%', () => error.subject().slice(0, MAX_SUBJECT)) }
}

/** The reply when something else went wrong, inside. Spec 20 §3.1. */
export const failedReply: TextReply = { status: 500, text: 'request failed' }
