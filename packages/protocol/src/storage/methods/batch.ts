import { MAX_SUB_REQUESTS } from '../limits.ts'
import { type Encoding, wireObject, type WireObject } from '../wire/wire.ts'
import { type WireFields, type WireReader } from '../wire/wire-reader.ts'
import { type InnerCodec, type MethodCodec } from './method.ts'

/**
 * Several requests in one. A `batch` runs all of them, maybe at once; a `sequence` one after the other, and stops after the
 * first status outside of 200 to 299. Spec 20 §3.14.
 */
export interface BatchParams<Request> {
  /** 1 to 20, none of them a batch, sequence, ifelse or held retrieve. */
  readonly requests: readonly Request[]
}

/** Carries neither time nor hard fork. Spec 20 §3.14. */
export interface BatchReply<Outcome> {
  /** In the order of the requests; a `sequence` may have fewer. */
  readonly results: readonly Outcome[]
}

/** Of `batch` and `sequence`: only how they run differs. */
export const batch = { parse, format, parseReply, formatReply }

function parse<Request, Outcome>(fields: WireFields, codec: MethodCodec<Request, Outcome>): BatchParams<Request> {
  const list = fields.require('requests')
  const items = list.list(MAX_SUB_REQUESTS)
  if (items.length === 0) throw list.error('storage.too-few', 0)
  const surroundings = { ...codec.surroundings, isInBatch: true }
  return { requests: items.map(item => codec.parseRequest(item, surroundings)) }
}

function format<Request, Outcome>(
  { requests }: BatchParams<Request>,
  encoding: Encoding,
  codec: InnerCodec<Request, Outcome>,
): WireObject {
  return wireObject({ requests: requests.map(request => codec.formatRequest(request, encoding)) })
}

/** A node may leave results out at the end, but not add any. */
function parseReply<Request, Outcome>(
  body: WireReader,
  { requests }: BatchParams<Request>,
  codec: InnerCodec<Request, Outcome>,
): BatchReply<Outcome> {
  const list = body.fields().require('results')
  const results = list.list(requests.length).flatMap((item, at) => {
    const request = requests[at]
    return request === undefined ? [] : [codec.parseOutcome(item, request)]
  })
  return { results }
}

function formatReply<Request, Outcome>(
  { results }: BatchReply<Outcome>,
  encoding: Encoding,
  codec: InnerCodec<Request, Outcome>,
): WireObject {
  return wireObject({ results: results.map(result => codec.formatOutcome(result, encoding)) })
}
