import { type Json } from '../../encoding/index.ts'
import { EmbeddedJson, wireObject, type WireObject } from '../wire/wire.ts'
import { type WireFields, type WireReader } from '../wire/wire-reader.ts'
import { type Method } from './method.ts'
import { formatStamp, parseStamp, type ReplyStamp } from './stamp.ts'

/** What can be asked of the daemon behind a node; anything else is refused. Spec 20 §3.13. */
export type OxendEndpoint = 'get_service_nodes' | 'ons_resolve'

/** Asks the daemon behind the node. Spec 20 §3.13. */
export interface OxendParams {
  readonly endpoint: OxendEndpoint
  /** Any JSON; nothing if left out. */
  readonly params?: Json
}

/** What the daemon answered. Its refusals are plain texts with 400 or 502. Spec 20 §3.13. */
export interface OxendReply extends ReplyStamp {
  /** Whatever the daemon said, with 64-bit ids exact. */
  readonly result: Json
}

const endpoints: ReadonlyMap<string, OxendEndpoint> = new Map([
  ['get_service_nodes', 'get_service_nodes'],
  ['ons_resolve', 'ons_resolve'],
])

/** `oxend_request`. Spec 20 §3.13. */
export const oxendRequest: Method<OxendParams, OxendReply> = {
  parse,
  format,
  parseReply,
  formatReply: reply => wireObject({ result: new EmbeddedJson(reply.result), ...formatStamp(reply) }),
}

function parse(fields: WireFields): OxendParams {
  const name = fields.require('endpoint')
  const endpoint = endpoints.get(name.text())
  if (endpoint === undefined) throw name.bad()
  const params = fields.get('params')?.json()
  return { endpoint, ...(params === undefined ? {} : { params }) }
}

function format({ endpoint, params }: OxendParams): WireObject {
  return wireObject({ endpoint, params: params === undefined ? undefined : new EmbeddedJson(params) })
}

function parseReply(body: WireReader): OxendReply {
  const fields = body.fields()
  return { result: fields.get('result')?.json() ?? null, ...parseStamp(fields) }
}
