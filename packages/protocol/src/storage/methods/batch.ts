import { maxSubRequests } from '../limits.ts'
import { wireObject } from '../wire/wire.ts'
import { type WireFields } from '../wire/wire-fields.ts'
import { type WireReader } from '../wire/wire-reader.ts'
import { type InnerCodec, type Method, type MethodCodec } from './method.ts'
import { type Outcome, type StorageRequest } from './types.ts'

/**
 * Several requests in one. A `batch` runs all of them, maybe at once; a `sequence` one after the other, and stops after the
 * first status outside of 200 to 299. Spec 20 §3.14.
 */
export interface BatchParams {
  /** 1 to 20, none of them a batch, sequence, ifelse or held retrieve. */
  readonly requests: readonly StorageRequest[]
}

/** Carries neither time nor hard fork. Spec 20 §3.14. */
export interface BatchReply {
  /** In the order of the requests; a `sequence` may have fewer. */
  readonly results: readonly Outcome[]
}

/** Of `batch` and `sequence`: only how they run differs. */
export const batch: Method<BatchParams, BatchReply> = {
  parse,
  format: ({ requests }, encoding, codec) =>
    wireObject({ requests: requests.map(request => codec.formatRequest(request, encoding)) }),
  parseReply,
  formatReply: ({ results }, encoding, codec) =>
    wireObject({ results: results.map(result => codec.formatOutcome(result, encoding)) }),
}

function parse(fields: WireFields, codec: MethodCodec): BatchParams {
  const list = fields.require('requests')
  const items = list.list(maxSubRequests)
  if (items.length === 0) throw list.error('storage.too-few', 0)
  const surroundings = { ...codec.surroundings, isInBatch: true }
  return { requests: items.map(item => codec.parseRequest(item, surroundings)) }
}

/** A node may leave results out at the end, but not add any. */
function parseReply(body: WireReader, { requests }: BatchParams, codec: InnerCodec): BatchReply {
  const list = body.fields().require('results')
  const results = list.list(requests.length).flatMap((item, at) => {
    const request = requests[at]
    return request === undefined ? [] : [codec.parseOutcome(item, request)]
  })
  return { results }
}
