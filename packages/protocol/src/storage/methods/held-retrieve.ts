import { MAX_SUB_REQUESTS } from '../limits.ts'
import { StorageError } from '../storage-error.ts'
import { type Encoding, type Wire, wireObject, type WireObject } from '../wire/wire.ts'
import { type WireFields, type WireReader } from '../wire/wire-reader.ts'
import { type Answer, answerBody, formatInnerAnswer, readInnerAnswer } from './answer.ts'
import { type Method } from './method.ts'
import { retrieve, type RetrieveParams, type RetrieveReply } from './retrieve.ts'
import { formatStamp, parseStamp, type ReplyStamp } from './stamp.ts'

/** The longest time that an answer is held, in ms: relays give up after 30 s. Spec 21 §1.1. */
export const MAX_HOLD_MS = 25_000
/** The longest time that a node may wait after a wake, in ms. Spec 21 §1.1. */
export const MAX_HOLD_DELAY_MS = 5_000
/** The most message bytes of all entries together, counted like those of a retrieve. Spec 21 §1.2. */
export const MAX_HELD_REPLY_SIZE = 262_144

/** An entry of a held retrieve. One that is malformed does not spoil the others: it gets its own 400. Spec 21 §1.2. */
export type HeldEntry =
  | { readonly kind: 'retrieve'; readonly params: RetrieveParams }
  | { readonly kind: 'malformed'; readonly error: StorageError }

/** Retrieves, and waits for news if there are none. Ours alone. Spec 21 §1.1. */
export interface HeldRetrieveParams {
  /** 0 to 25,000; 0 never waits. */
  readonly holdMs: number
  /** One to twenty. Our client puts one account into a request. */
  readonly entries: readonly HeldEntry[]
  /** 0 to 5,000: the node waits a random time up to this after a wake. */
  readonly delayMs: number
  /** Whether a reply through an onion is padded. Spec 21 §4. */
  readonly pad: boolean
}

/** Why the node answered when it did. Spec 21 §1.2. */
export type HeldReason = 'now' | 'new' | 'time' | 'swarm' | 'stop' | 'shed'

/** Comes at once if there is news, and else when there is or when the hold ends. Spec 21 §1.2. */
export interface HeldRetrieveReply extends ReplyStamp {
  /** One for each entry, in order. */
  readonly results: readonly Answer<'retrieve', RetrieveReply>[]
  readonly why: HeldReason
  /** How long the answer was really held, in ms. */
  readonly heldMs: number
  /** How long to wait at least before asking again, in ms. */
  readonly nextMs: number
}

const reasons: ReadonlyMap<string, HeldReason> = new Map(
  (['now', 'new', 'time', 'swarm', 'stop', 'shed'] as const).map(reason => [reason, reason]),
)

/** `held_retrieve`. Spec 21 §1. */
export const heldRetrieve: Method<HeldRetrieveParams, HeldRetrieveReply> = { parse, format, parseReply, formatReply }

function parse(fields: WireFields): HeldRetrieveParams {
  const list = fields.require('retrieves')
  const items = list.list(MAX_SUB_REQUESTS)
  if (items.length === 0) throw list.error('storage.too-few', 0)
  return {
    holdMs: Math.min(fields.require('hold').integer(), MAX_HOLD_MS),
    entries: items.map(item => parseEntry(item.fields())),
    delayMs: fields.get('delay')?.integer({ max: MAX_HOLD_DELAY_MS }) ?? 0,
    pad: fields.get('pad')?.flag() ?? true,
  }
}

function parseEntry(fields: WireFields): HeldEntry {
  try {
    return { kind: 'retrieve', params: retrieve.parse(fields) }
  } catch (error) {
    if (error instanceof StorageError) return { kind: 'malformed', error }
    throw error
  }
}

/** What is the default is left out. Malformed entries cannot be written again. */
function format({ holdMs, entries, delayMs, pad }: HeldRetrieveParams, encoding: Encoding): WireObject {
  return wireObject({
    hold: holdMs,
    retrieves: entries.map(entry => {
      if (entry.kind === 'malformed') throw entry.error
      return retrieve.format(entry.params, encoding)
    }),
    delay: delayMs === 0 ? undefined : delayMs,
    pad: pad ? undefined : false,
  })
}

function parseReply(body: WireReader, { entries }: HeldRetrieveParams): HeldRetrieveReply {
  const fields = body.fields()
  const list = fields.require('results')
  const items = list.list(entries.length)
  if (items.length < entries.length) throw list.error('storage.too-few', items.length)
  const why = fields.require('why')
  const reason = reasons.get(why.text())
  if (reason === undefined) throw why.bad()
  return {
    results: items.map((item, at) => parseResult(item, entries[at])),
    why: reason,
    heldMs: fields.require('held').integer(),
    nextMs: fields.require('next').integer(),
    ...parseStamp(fields),
  }
}

function parseResult(item: WireReader, entry: HeldEntry | undefined): Answer<'retrieve', RetrieveReply> {
  if (entry?.kind !== 'retrieve') throw item.bad()
  return readInnerAnswer({ method: 'retrieve', parse: body => retrieve.parseReply(body, entry.params) }, item)
}

function formatReply(reply: HeldRetrieveReply, encoding: Encoding): Wire {
  const format = (inner: RetrieveReply): Wire => retrieve.formatReply(inner, encoding)
  return wireObject({
    results: reply.results.map(result => formatInnerAnswer(answerBody(result, format))),
    why: reply.why,
    held: reply.heldMs,
    next: reply.nextMs,
    ...formatStamp(reply),
  })
}
