import { SottoError, type ErrorDetail } from '../error/index.ts'

/** Codes of `StorageError`; stable. No spec: the codes are ours. */
export type StorageErrorCode =
  | 'storage.too-long'
  | 'storage.invalid-json'
  | 'storage.invalid-bencode'
  | 'storage.no-method'
  | 'storage.no-params'
  | 'storage.unknown-method'
  | 'storage.invalid-method'
  | 'storage.missing-field'
  | 'storage.bad-field'
  | 'storage.conflicting-fields'
  | 'storage.too-many'
  | 'storage.too-few'
  | 'storage.too-deep'
  | 'storage.shorten-not-allowed'
  | 'storage.bad-ttl'
  | 'storage.inactive-feature'
  | 'storage.bad-clock'
  | 'storage.already-expired'
  | 'storage.bad-time'
  | 'storage.signature-required'
  | 'storage.bad-signature'
  | 'storage.bad-reply'
  | 'storage.bad-namespace'
  | 'storage.bad-hash'
  | 'storage.bad-token'
  | 'storage.bad-record'
  | 'storage.bad-frame'

const sentences: Readonly<Record<StorageErrorCode, string>> = {
  'storage.too-long': 'The request is longer than may be sent.',
  'storage.invalid-json': 'The request is not valid JSON.',
  'storage.invalid-bencode': 'The request is not valid bencoding.',
  'storage.no-method': 'The request does not say which method it is for.',
  'storage.no-params': 'The request has no parameters.',
  'storage.unknown-method': 'The node does not know this method.',
  'storage.invalid-method': 'A request inside of another one is for a method that cannot stand there.',
  'storage.missing-field': 'Something that has to be given is missing.',
  'storage.bad-field': 'Something that was given is not what it should be.',
  'storage.conflicting-fields': 'Two things were given that exclude each other.',
  'storage.too-many': 'A list is longer than it may be.',
  'storage.too-few': 'A list is shorter than it has to be.',
  'storage.too-deep': 'Requests are nested too deeply.',
  'storage.shorten-not-allowed': 'This key may make messages last longer, but not shorter.',
  'storage.bad-ttl': 'A message cannot be kept for such a time.',
  'storage.inactive-feature': 'The network does not do this yet.',
  'storage.bad-clock': 'The clock of this device is wrong.',
  'storage.already-expired': 'The message has expired already.',
  'storage.bad-time': 'The time that was given is not possible.',
  'storage.signature-required': 'This has to be signed.',
  'storage.bad-signature': 'The signature is wrong, or its key is not allowed to do this.',
  'storage.bad-reply': 'The node gave an answer that makes no sense.',
  'storage.bad-namespace': 'This is not the number of a namespace.',
  'storage.bad-hash': 'This is not the hash of a message.',
  'storage.bad-token': 'This is not the token of a subaccount.',
  'storage.bad-record': 'A list of nodes is not what it should be.',
  'storage.bad-frame': 'Bytes that should hold requests or replies do not.',
}

/** What a `StorageError` is given beside its code. */
export interface StorageErrorOptions extends ErrorOptions {
  /** Names the field or method in the reply to whoever sent it. May come from outside, so it is never logged. */
  readonly subject?: string
}

/**
 * Requests and replies that are not what they should be, or that are not allowed. Nodes answer with `errorReply`.
 * Spec 20 §3.17.
 */
export class StorageError extends SottoError<StorageErrorCode> {
  override readonly name = 'StorageError'
  readonly #subject: string

  constructor(code: StorageErrorCode, detail?: ErrorDetail, options: StorageErrorOptions = {}) {
    super(code, detail, options)
    this.#subject = options.subject ?? ''
  }

  override get sentence(): string {
    return sentences[this.code]
  }

  /** The field or method that is meant; empty if none is. For the reply only: it may come from outside. */
  subject(): string {
    return this.#subject
  }
}
