import { type SwarmOwner } from '../../swarm/index.ts'
import { type Authority, formatAuthority, requireAuthority } from '../auth/authority.ts'
import { type CheckContext, type HardFork, signedTimeTolerance } from '../auth/check-context.ts'
import { verifyAuthority } from '../auth/verify-authority.ts'
import { MAX_HASHES } from '../limits.ts'
import { type MessageHash, parseMessageHash, sortHashes } from '../message-hash.ts'
import { MAX_PRIVATE_TTL_MS } from '../namespace-rules.ts'
import { signedText } from '../signed-text.ts'
import { StorageError } from '../storage-error.ts'
import { access, grants, decodeSubaccountToken } from '../subaccount.ts'
import { formatOwner, parseFlag, parseMessages, parseOwner, readHashes } from '../wire/common-fields.ts'
import { type Wire, wireObject, type WireObject } from '../wire/wire.ts'
import { type WireFields, type WireReader } from '../wire/wire-reader.ts'
import { type Method } from './method.ts'
import { type RecursiveReply, type Recursion, recursiveReplies } from './recursive.ts'

/** Whether an expiry may only come nearer, or only move away. Spec 20 §3.10. */
export type ExpireMode = 'shorten' | 'extend'

/** Changes when messages expire. Spec 20 §3.10. */
export interface ExpireParams {
  readonly owner: SwarmOwner
  readonly messages: readonly MessageHash[]
  /** Unix ms; one for all messages, or one for each, which needs revision 19.4 of the network. */
  readonly expiries: readonly number[]
  /** As asked and signed. What holds is said by `expireMode`. */
  readonly mode?: ExpireMode
  readonly authority: Authority
}

/** What a member changed. Spec 20 §3.10. */
export interface ExpireResult {
  /** Unix ms, as applied: one number, or a list in the order of `updated` if there was one for each message. */
  readonly expiry: number | readonly number[]
  /** In the order of ASCII. */
  readonly updated: readonly MessageHash[]
  /** With a mode: messages that were found and left alone, and when they expire. */
  readonly unchanged?: ReadonlyMap<MessageHash, number>
}

const multipleSince: HardFork = [19, 4]

/** What holds for a request: tokens that may not delete can only extend. Spec 20 §3.3. */
export function expireMode({ mode, authority }: Pick<ExpireParams, 'mode' | 'authority'>): ExpireMode | undefined {
  return mode ?? (mayShorten(authority) ? undefined : 'extend')
}

/** The expiry that a node really sets: never more than 30 days away. Spec 20 §3.10. */
export function appliedExpiry(expiry: number, now: number): number {
  return Math.min(expiry, now + MAX_PRIVATE_TTL_MS)
}

/** Members sign account ‖ expiries ‖ requested hashes ‖ updated ‖ unchanged. Spec 20 §3.10. */
export const expireRecursion: Recursion<ExpireParams, ExpireResult> = { parseResult, formatResult, resultText }

/** `expire`. Spec 20 §3.10. */
export const expire: Method<ExpireParams, RecursiveReply<ExpireResult>> = {
  ...recursiveReplies(expireRecursion),
  parse,
  format,
  check,
  signedText: signText,
}

function parse(fields: WireFields): ExpireParams {
  const owner = parseOwner(fields)
  const messages = parseMessages(fields)
  const expiry = fields.require('expiry')
  const expiries = expiry.oneOrMany(MAX_HASHES).map(value => value.integer())
  if (expiries.length !== 1 && expiries.length !== messages.length) throw expiry.bad()
  const mode = parseMode(fields)
  const authority = requireAuthority(fields, owner)
  if (mode === 'shorten' && !mayShorten(authority)) throw new StorageError('storage.shorten-not-allowed')
  return { owner, messages, expiries, ...(mode === undefined ? {} : { mode }), authority }
}

function parseMode(fields: WireFields): ExpireMode | undefined {
  const isShorten = parseFlag(fields, 'shorten')
  const isExtend = parseFlag(fields, 'extend')
  if (isShorten && isExtend) throw new StorageError('storage.conflicting-fields', {}, { subject: 'extend' })
  return isShorten ? 'shorten' : isExtend ? 'extend' : undefined
}

/** The key of the mode is `extend`, as it is signed. Spec 20, trap 9. */
function format({ owner, messages, expiries, mode, authority }: ExpireParams): WireObject {
  return wireObject({
    pubkey: formatOwner(owner),
    messages,
    expiry: expiries.length === 1 ? expiries[0] : expiries,
    ...(mode === undefined ? {} : { [mode]: true }),
    ...formatAuthority(authority),
  })
}

function signText({ messages, expiries, mode }: Omit<ExpireParams, 'authority'>): Uint8Array {
  return signedText('expire', mode ?? '', expiries.join(''), messages.join(''))
}

/** An expiry in the past is 401 here, not 406. Spec 20 §3.10. */
function check(params: ExpireParams, context: CheckContext): void {
  if (params.expiries.length > 1 && isBefore(context.hardFork, multipleSince)) {
    throw new StorageError('storage.inactive-feature')
  }
  const earliest = context.now - signedTimeTolerance(context)
  if (params.expiries.some(expiry => expiry < earliest)) {
    throw new StorageError('storage.bad-time', {}, { subject: 'expire' })
  }
  verifyAuthority({
    ...params,
    method: 'expire',
    signedText: signText(params),
    needs: access.write,
    isRevoked: context.isRevoked,
  })
}

function mayShorten({ grant }: Authority): boolean {
  return grant === undefined || grants(decodeSubaccountToken(grant.token), access.delete)
}

function isBefore([fork, revision]: HardFork, [otherFork, otherRevision]: HardFork): boolean {
  return fork < otherFork || (fork === otherFork && revision < otherRevision)
}

function parseResult(fields: WireFields): ExpireResult {
  const expiry = fields.require('expiry')
  const unchanged = fields.get('unchanged')
  return {
    expiry: expiry.isList() ? expiry.list(MAX_HASHES).map(value => value.integer()) : expiry.integer(),
    updated: readHashes(fields.require('updated')),
    ...(unchanged === undefined ? {} : { unchanged: readExpiries(unchanged) }),
  }
}

/** Hashes with the times at which they expire, Unix ms. */
export function readExpiries(value: WireReader): ReadonlyMap<MessageHash, number> {
  const fields = value.fields()
  if (fields.size > MAX_HASHES) throw value.error('storage.too-many', fields.size)
  return new Map(
    Array.from(fields.keys(), key => [value.read(() => parseMessageHash(key)), fields.require(key).integer()] as const),
  )
}

function formatResult({ expiry, updated, unchanged }: ExpireResult): Readonly<Record<string, Wire | undefined>> {
  return { expiry, updated, unchanged }
}

/** Of what was unchanged, hash and expiry of each, in the order of the hashes. Spec 20 §3.10. */
function resultText(
  { owner, messages }: Omit<ExpireParams, 'authority'>,
  { expiry, updated, unchanged = new Map<MessageHash, number>() }: ExpireResult,
): Uint8Array {
  const expiries = typeof expiry === 'number' ? [expiry] : expiry
  const left = sortHashes(unchanged.keys()).flatMap(hash => [hash, unchanged.get(hash) ?? 0])
  return signedText(owner, expiries.join(''), messages.join(''), updated.join(''), left.join(''))
}
