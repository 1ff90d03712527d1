import { type SwarmOwner } from '../../swarm/index.ts'
import { type Authority, formatAuthority, requireAuthority } from '../auth/authority.ts'
import { requireFresh } from '../auth/check-context.ts'
import { verifyAuthority } from '../auth/verify-authority.ts'
import { MAX_HASHES } from '../limits.ts'
import { type MessageHash } from '../message-hash.ts'
import { signedText } from '../signed-text.ts'
import { access } from '../subaccount.ts'
import { formatOwner, parseOwner, parseTimestamp } from '../wire/common-fields.ts'
import { wireObject, type WireObject } from '../wire/wire.ts'
import { type WireFields, type WireReader } from '../wire/wire-reader.ts'
import { readExpiries } from './expire.ts'
import { type Method } from './method.ts'

/** Asks when messages expire. Spec 20 §3.11. */
export interface GetExpiriesParams {
  readonly owner: SwarmOwner
  /** Nodes do not look at their form here: what is no hash is just not found. */
  readonly messages: readonly string[]
  /** Unix ms. */
  readonly timestamp: number
  readonly authority: Authority
}

/** Carries neither time nor hard fork. Spec 20 §3.11. */
export interface GetExpiriesReply {
  /** Unix ms, of those that were found. */
  readonly expiries: ReadonlyMap<MessageHash, number>
}

/** Longer than any hash ever was. */
const MAX_HASH_LENGTH = 128

/** `get_expiries`. Spec 20 §3.11. */
export const getExpiries: Method<GetExpiriesParams, GetExpiriesReply> = {
  parse,
  format,
  parseReply: body => ({ expiries: readExpiries(body.fields().require('expiries')) }),
  formatReply: ({ expiries }) => wireObject({ expiries }),
  check: (params, context) => {
    requireFresh(params.timestamp, context)
    verifyAuthority({
      ...params,
      method: 'get_expiries',
      signedText: signText(params),
      needs: access.read,
      isRevoked: context.isRevoked,
    })
  },
  signedText: signText,
}

function parse(fields: WireFields): GetExpiriesParams {
  const owner = parseOwner(fields)
  const messages = fields.require('messages')
  return {
    owner,
    messages: messages.oneOrMany(MAX_HASHES).map(readName),
    timestamp: parseTimestamp(fields, 'timestamp'),
    authority: requireAuthority(fields, owner),
  }
}

function readName(value: WireReader): string {
  const name = value.text()
  if (name.length > MAX_HASH_LENGTH) throw value.bad()
  return name
}

function format({ owner, messages, timestamp, authority }: GetExpiriesParams): WireObject {
  return wireObject({ pubkey: formatOwner(owner), messages, timestamp, ...formatAuthority(authority) })
}

function signText({ timestamp, messages }: Omit<GetExpiriesParams, 'authority'>): Uint8Array {
  return signedText('get_expiries', timestamp, messages.join(''))
}
