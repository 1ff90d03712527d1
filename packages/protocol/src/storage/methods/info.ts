import { MAX_REPLY_ENTRIES } from '../limits.ts'
import { wireObject } from '../wire/wire.ts'
import { type WireReader } from '../wire/wire-reader.ts'
import { type Method } from './method.ts'
import { formatStamp, type NodeVersion, parseStamp, readVersion, type ReplyStamp } from './stamp.ts'

/** For methods that take nothing. Whatever is given is ignored. Spec 20 §3.13. */
export type NoParams = Readonly<Record<string, never>>

/** Who the node is and what it can do. Spec 20 §3.13, spec 21 §5. */
export interface InfoReply extends ReplyStamp {
  /** Of the storage server. Ours counts on from the version it is compatible with. */
  readonly version: NodeVersion
  /** Unix ms; the same as `t`. */
  readonly timestamp?: number
  /** What the node can do beyond spec 20, such as `held_retrieve.1`. Unknown ones are to be ignored. */
  readonly capabilities: readonly string[]
}

/** A node that announces this answers `held_retrieve`. Spec 21 §5. */
export const HELD_RETRIEVE_CAPABILITY = 'held_retrieve.1'

/** More and longer ones are not looked at. */
const MAX_CAPABILITIES = 64
const MAX_CAPABILITY_LENGTH = 64

/** `info`. Spec 20 §3.13. */
export const info: Method<NoParams, InfoReply> = {
  parse: () => ({}),
  format: () => wireObject({}),
  parseReply,
  formatReply: reply =>
    wireObject({
      version: reply.version,
      timestamp: reply.timestamp,
      capabilities: reply.capabilities.length === 0 ? undefined : reply.capabilities,
      ...formatStamp(reply),
    }),
}

function parseReply(body: WireReader): InfoReply {
  const fields = body.fields()
  const timestamp = fields.get('timestamp')?.integer()
  return {
    version: readVersion(fields.require('version')),
    ...(timestamp === undefined ? {} : { timestamp }),
    capabilities: readCapabilities(fields.get('capabilities')),
    ...parseStamp(fields),
  }
}

function readCapabilities(value: WireReader | undefined): readonly string[] {
  const known = value?.list(MAX_REPLY_ENTRIES).slice(0, MAX_CAPABILITIES) ?? []
  return known.map(item => item.text()).filter(text => text.length <= MAX_CAPABILITY_LENGTH)
}
