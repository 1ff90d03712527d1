import { type Authority, formatAuthority, parseAuthority } from '../auth/authority.ts'
import { type CheckContext, messageTimeTolerance, requireFresh } from '../auth/check-context.ts'
import { verifyAuthority } from '../auth/verify-authority.ts'
import { MAX_MESSAGE_BYTES } from '../limits.ts'
import { hashMessage, type MessageHash } from '../message-hash.ts'
import { type Namespace, namespaceText } from '../namespace.ts'
import { isPublicInbox, isPublicOutbox, maxTtlMs, MIN_TTL_MS } from '../namespace-rules.ts'
import { signedText } from '../signed-text.ts'
import { StorageError } from '../storage-error.ts'
import { access } from '../subaccount.ts'
import { type SwarmOwner } from '../../swarm/index.ts'
import { formatNamespace, formatOwner, parseNamespace, parseOwnerOfOld, readHash } from '../wire/common-fields.ts'
import { base64, wireObject, type Encoding, type WireObject } from '../wire/wire.ts'
import { type WireFields, type WireReader } from '../wire/wire-reader.ts'
import { type Method } from './method.ts'
import { type RecursiveReply, type Recursion, recursiveReplies } from './recursive.ts'

/** Keeps a message. Spec 20 §3.6. */
export interface StoreParams {
  readonly owner: SwarmOwner
  readonly namespace: Namespace
  /** Unix ms; as the sender has it. */
  readonly timestamp: number
  /** Unix ms. On the wire some give the time to live instead. */
  readonly expiry: number
  /** At most 76,800 bytes; none are allowed. */
  readonly data: Uint8Array
  /** Unix ms; the time in the signature. `timestamp` if nothing else was given. */
  readonly sigTimestamp: number
  /** Needed in private namespaces; elsewhere not looked at. */
  readonly authority?: Authority
}

/** What a member did with the message. Spec 20 §3.6. */
export interface StoreResult {
  readonly hash: MessageHash
  /** Unix ms; as it is now, which may be later than was asked. Old nodes do not say. */
  readonly expiry?: number
  /** The member had it before. */
  readonly already: boolean
}

/** The reply also says the hash at its top. */
export const storeRecursion: Recursion<StoreParams, StoreResult> = {
  parseResult: fields => {
    const expiry = fields.get('expiry')?.integer()
    return {
      hash: readHash(fields.require('hash')),
      already: fields.get('already')?.looseFlag() ?? false,
      ...(expiry === undefined ? {} : { expiry }),
    }
  },
  formatResult: ({ hash, expiry, already }) => ({ hash, expiry, already: already ? true : undefined }),
  // The member signs a hash alone: it must be the one of what was to be stored.
  resultText: (_, { hash }) => signedText(hash),
  plausibility: ({ owner, namespace, data }) => {
    const expected = hashMessage(owner, namespace, data)
    return ({ hash }) => hash === expected
  },
  topMembers: ({ hash }) => ({ hash }),
}

/** `store`. Spec 20 §3.6. */
export const store: Method<StoreParams, RecursiveReply<StoreResult>> = {
  parse,
  format,
  check,
  ...recursiveReplies(storeRecursion),
  signedText: signText,
}

function parse(fields: WireFields): StoreParams {
  const owner = parseOwnerOfOld(fields)
  const timestamp = readOldInteger(fields.require('timestamp'))
  const authority = parseAuthority(fields, owner)
  return {
    owner,
    namespace: parseNamespace(fields),
    timestamp,
    expiry: parseExpiry(fields, timestamp),
    data: fields.require('data').bytes({ max: MAX_MESSAGE_BYTES, spelling: 'base64' }),
    sigTimestamp: fields.get('sig_timestamp')?.integer() ?? timestamp,
    ...(authority === undefined ? {} : { authority }),
  }
}

/** Clients give the time to live, nodes among themselves always the expiry. Spec 20 §6. */
function format(params: StoreParams, encoding: Encoding): WireObject {
  const { owner, namespace, timestamp, expiry, data, sigTimestamp, authority } = params
  return wireObject({
    pubkey: formatOwner(owner),
    namespace: formatNamespace(namespace, encoding),
    timestamp,
    ...(encoding === 'json' && expiry >= timestamp ? { ttl: expiry - timestamp } : { expiry }),
    data: base64(data),
    sig_timestamp: sigTimestamp === timestamp ? undefined : sigTimestamp,
    ...formatAuthority(authority),
  })
}

/** Exactly one of `ttl` and `expiry`. */
function parseExpiry(fields: WireFields, timestamp: number): number {
  const value = fields.requireOneOf('ttl', 'expiry')
  if (value.name === 'expiry') return value.integer()
  const expiry = timestamp + readOldInteger(value)
  if (!Number.isSafeInteger(expiry)) throw value.bad()
  return expiry
}

/** Old clients write these two as text. Spec 20 §3.2. */
function readOldInteger(value: WireReader): number {
  if (value.encoding === 'bencode' || !value.isText()) return value.integer()
  const text = value.text()
  if (!/^[0-9]{1,16}$/.test(text) || !Number.isSafeInteger(Number(text))) throw value.bad()
  return Number(text)
}

function signText({ namespace, sigTimestamp }: Omit<StoreParams, 'authority'>): Uint8Array {
  return signedText('store', namespaceText(namespace), sigTimestamp)
}

/** Time to live, clock, signature missing, time of the signature, signature: in this order. Spec 20 §3.6. */
function check(params: StoreParams, context: CheckContext): void {
  const { owner, namespace, timestamp, expiry, sigTimestamp, authority } = params
  const ttl = expiry - timestamp
  if (ttl < MIN_TTL_MS || ttl > maxTtlMs(namespace)) throw new StorageError('storage.bad-ttl')
  const tolerance = messageTimeTolerance(context)
  if (timestamp > context.now + tolerance) throw new StorageError('storage.bad-clock')
  if (expiry < context.now - tolerance) throw new StorageError('storage.already-expired')
  if (isPublicInbox(namespace)) return
  if (authority === undefined) throw new StorageError('storage.signature-required', {}, { subject: 'store' })
  requireFresh(sigTimestamp, context)
  verifyAuthority({
    method: 'store',
    owner,
    authority,
    signedText: signText(params),
    needs: isPublicOutbox(namespace) ? access.write | access.delete : access.write,
    isRevoked: context.isRevoked,
  })
}
