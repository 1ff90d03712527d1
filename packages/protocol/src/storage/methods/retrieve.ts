import { type SwarmOwner } from '../../swarm/index.ts'
import { type Authority, formatAuthority, parseAuthority } from '../auth/authority.ts'
import { type CheckContext, requireFresh } from '../auth/check-context.ts'
import { verifyAuthority } from '../auth/verify-authority.ts'
import { MAX_MESSAGE_BYTES, MAX_REPLY_ENTRIES } from '../limits.ts'
import { type MessageHash } from '../message-hash.ts'
import { type Namespace, namespaceText } from '../namespace.ts'
import { isOpenToRetrieve, isUnrevocable } from '../namespace-rules.ts'
import { signedText } from '../signed-text.ts'
import { StorageError } from '../storage-error.ts'
import { access } from '../subaccount.ts'
import {
  formatNamespace,
  formatOwner,
  parseNamespace,
  parseOwnerOfOld,
  parseTimestamp,
  readHash,
} from '../wire/common-fields.ts'
import { base64, type Encoding, type Wire, wireObject, type WireObject, WrittenJson } from '../wire/wire.ts'
import { type WireFields, type WireReader } from '../wire/wire-reader.ts'
import { type Method } from './method.ts'
import { formatStamp, parseStamp, type ReplyStamp } from './stamp.ts'

/** Brings messages, the ones after `lastHash` on this node. Spec 20 §3.7. */
export interface RetrieveParams {
  readonly owner: SwarmOwner
  readonly namespace: Namespace
  /** The last message received from this very node: every node has its own order. */
  readonly lastHash?: MessageHash
  readonly maxCount?: number
  /** What to make of it is said by `retrieveSize`. */
  readonly maxSize?: number
  /** Unix ms; together with `authority`, or neither, where anyone may retrieve. */
  readonly timestamp?: number
  readonly authority?: Authority
}

/** A message as a node keeps it. Spec 20 §3.7. */
export interface StoredMessage {
  readonly hash: MessageHash
  /** Unix ms, as the sender had it. */
  readonly timestamp: number
  /** Unix ms. On the wire its name is `expiration`. Spec 20, trap 8. */
  readonly expiry: number
  readonly data: Uint8Array
}

/** Messages in the order of this node. Spec 20 §3.7. */
export interface RetrieveReply extends ReplyStamp {
  readonly messages: readonly StoredMessage[]
  /** The same messages, each as {@link formatStoredMessage} writes it, if a node keeps them so. */
  readonly written?: readonly string[]
  /** The list was cut: ask again. */
  readonly more: boolean
  /** `lastHash` was not known here, so the list starts at the beginning. Only in held retrieves. Spec 21 §1.2. */
  readonly reset?: boolean
}

/** `retrieve`. Spec 20 §3.7. */
export const retrieve: Method<RetrieveParams, RetrieveReply> = {
  parse,
  format,
  parseReply,
  formatReply: reply => wireObject(formatMembers(reply)),
  check,
  signedText: signText,
}

/** Missing parts of the signature are found here or in `check`, as nodes always did. Spec 20 §3.7, trap 13. */
function parse(fields: WireFields): RetrieveParams {
  const owner = parseOwnerOfOld(fields)
  const namespace = parseNamespace(fields)
  const authority = parseAuthority(fields, owner)
  const timestamp = fields.has('timestamp') ? parseTimestamp(fields, 'timestamp') : undefined
  if (authority === undefined && isSignatureMissing(fields, namespace)) fields.require('signature')
  if (authority !== undefined) fields.require('timestamp')
  const lastHash = parseLastHash(fields)
  const maxCount = fields.get('max_count')?.integer({ min: Number.MIN_SAFE_INTEGER })
  const maxSize = fields.get('max_size')?.integer({ min: Number.MIN_SAFE_INTEGER })
  return {
    owner,
    namespace,
    ...(lastHash === undefined ? {} : { lastHash }),
    ...(maxCount === undefined ? {} : { maxCount }),
    ...(maxSize === undefined ? {} : { maxSize }),
    ...(timestamp === undefined ? {} : { timestamp }),
    ...(authority === undefined ? {} : { authority }),
  }
}

/** In JSON no `lastHash` is an empty one, as everybody writes it. */
function format(params: RetrieveParams, encoding: Encoding): WireObject {
  return wireObject({
    pubkey: formatOwner(params.owner),
    namespace: formatNamespace(params.namespace, encoding),
    last_hash: params.lastHash ?? (encoding === 'json' ? '' : undefined),
    max_count: params.maxCount,
    max_size: params.maxSize,
    timestamp: params.timestamp,
    ...formatAuthority(params.authority),
  })
}

function isSignatureMissing(fields: WireFields, namespace: Namespace): boolean {
  const isClosed = fields.has('namespace') && !isOpenToRetrieve(namespace)
  return isClosed || fields.has('pubkey_ed25519') || fields.has('timestamp')
}

/** An empty hash is none. */
function parseLastHash(fields: WireFields): MessageHash | undefined {
  const value =
    fields.has('last_hash') || fields.has('lastHash') ? fields.requireOneOf('last_hash', 'lastHash') : undefined
  const text = value?.text()
  return value === undefined || text === '' ? undefined : readHash(value)
}

function signText({ namespace, timestamp }: Omit<RetrieveParams, 'authority'>): Uint8Array {
  return signedText('retrieve', namespaceText(namespace), timestamp ?? 0)
}

/** Clock, then signature. A signature is checked even where none is needed. Spec 20 §3.7. */
function check(params: RetrieveParams, context: CheckContext): void {
  const { owner, namespace, authority, timestamp } = params
  if (authority === undefined || timestamp === undefined) {
    if (isOpenToRetrieve(namespace)) return
    throw new StorageError('storage.signature-required', {}, { subject: 'retrieve' })
  }
  requireFresh(timestamp, context)
  verifyAuthority({
    method: 'retrieve',
    owner,
    authority,
    signedText: signText(params),
    needs: access.read,
    isRevoked: isUnrevocable(namespace) ? () => false : context.isRevoked,
    convertKey: context.convertKey,
  })
}

function parseReply(body: WireReader): RetrieveReply {
  const fields = body.fields()
  const reset = fields.get('reset')?.looseFlag()
  return {
    messages: fields.require('messages').list(MAX_REPLY_ENTRIES).map(parseMessage),
    more: fields.get('more')?.looseFlag() ?? false,
    ...(reset === undefined ? {} : { reset }),
    ...parseStamp(fields),
  }
}

function parseMessage(value: WireReader): StoredMessage {
  const fields = value.fields()
  return {
    hash: readHash(fields.require('hash')),
    timestamp: fields.require('timestamp').integer(),
    expiry: fields.require('expiration').integer(),
    data: fields.require('data').bytes({ max: MAX_MESSAGE_BYTES, spelling: 'base64' }),
  }
}

/** The JSON of a message in a reply; `data` is its data in base64 with padding. Spec 20 §3.7. */
export function formatStoredMessage({ hash, timestamp, expiry }: Omit<StoredMessage, 'data'>, data: string): string {
  return `{"hash":"${hash}","timestamp":${timestamp},"expiration":${expiry},"data":"${data}"}`
}

function formatMembers(reply: RetrieveReply): Readonly<Record<string, Wire | undefined>> {
  const { messages, written } = reply
  const wires = (): readonly Wire[] => messages.map(formatMessage)
  return {
    messages: written === undefined ? wires() : new WrittenJson(`[${written.join(',')}]`, wires),
    more: reply.more,
    reset: reply.reset,
    ...formatStamp(reply),
  }
}

function formatMessage({ hash, timestamp, expiry, data }: StoredMessage): Wire {
  return wireObject({ hash, timestamp, expiration: expiry, data: base64(data) })
}
