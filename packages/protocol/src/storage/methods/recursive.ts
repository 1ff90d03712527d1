import { type Ed25519Signature } from '../../crypto/index.ts'
import { type NodeId, tryParseNodeId } from '../../swarm/index.ts'
import { readSignature } from '../auth/authority.ts'
import { MAX_SWARM_MEMBERS } from '../limits.ts'
import { StorageError } from '../storage-error.ts'
import { base64, type Wire, wireObject } from '../wire/wire.ts'
import { type WireFields, type WireReader } from '../wire/wire-reader.ts'
import { type MemberFailure, formatFailure, parseFailure } from './member-failure.ts'
import { type Method } from './method.ts'
import { formatStamp, parseStamp, type ReplyStamp } from './stamp.ts'

/** What a member of the swarm did, signed by it, or why nothing is known of it. Spec 20 §3.5. */
export type MemberReply<Result> =
  | { readonly kind: 'done'; readonly result: Result; readonly signature: Ed25519Signature }
  | { readonly kind: 'failed'; readonly failure: MemberFailure }

/** The reply of a method that the asked node passes on to all members of the swarm. Spec 20 §3.5. */
export interface RecursiveReply<Result> extends ReplyStamp {
  /** Nothing in it is true before `verifyMembers` has looked at the signatures. */
  readonly swarm: ReadonlyMap<NodeId, MemberReply<Result>>
}

/** What differs between recursive methods. */
export interface Recursion<Params, Result> {
  readonly parseResult: (fields: WireFields, params: Params) => Result
  readonly formatResult: (result: Result) => Readonly<Record<string, Wire | undefined>>
  /** What the member signs. */
  readonly resultText: (params: Omit<Params, 'authority'>, result: Result) => Uint8Array
  /** For signatures that do not go over all of the request: whether a result can be one of this request. */
  readonly plausibility?: (params: Omit<Params, 'authority'>) => (result: Result) => boolean
  /** What the reply repeats at its top from a result. */
  readonly topMembers?: (result: Result) => Readonly<Record<string, Wire | undefined>>
}

type Replies<Params, Result> = Pick<
  Method<Params, RecursiveReply<Result>>,
  'parseReply' | 'formatReply' | 'replyStatuses'
>

/** The reply side of a recursive method. 500 comes with the same body if every member failed. Spec 20 §3.5. */
export function recursiveReplies<Params, Result>(recursion: Recursion<Params, Result>): Replies<Params, Result> {
  return {
    replyStatuses: [200, 500],
    parseReply: (body, params) => parseReply(recursion, body, params),
    formatReply: reply => formatReply(recursion, reply),
  }
}

function parseReply<Params, Result>(
  recursion: Recursion<Params, Result>,
  body: WireReader,
  params: Params,
): RecursiveReply<Result> {
  const fields = body.fields()
  const entry = fields.require('swarm')
  const members = entry.fields()
  if (members.size > MAX_SWARM_MEMBERS) throw entry.error('storage.too-many', members.size)
  const swarm = new Map<NodeId, MemberReply<Result>>()
  for (const key of members.keys()) {
    const id = tryParseNodeId(key)
    if (id !== undefined) swarm.set(id, parseMember(recursion, members.require(key), params))
  }
  return { swarm, ...parseStamp(fields) }
}

/** One member that talks nonsense must not spoil what the others said. */
function parseMember<Params, Result>(
  { parseResult }: Recursion<Params, Result>,
  value: WireReader,
  params: Params,
): MemberReply<Result> {
  try {
    const fields = value.fields()
    const failure = parseFailure(fields)
    if (failure !== undefined) return { kind: 'failed', failure }
    const signature = readSignature(fields.require('signature'))
    return { kind: 'done', result: parseResult(fields, params), signature }
  } catch (error) {
    if (error instanceof StorageError) return { kind: 'failed', failure: { kind: 'malformed' } }
    throw error
  }
}

function formatReply<Params, Result>(
  { formatResult, topMembers }: Recursion<Params, Result>,
  reply: RecursiveReply<Result>,
): Wire {
  const swarm = new Map<string, Wire>()
  let top: Readonly<Record<string, Wire | undefined>> = {}
  for (const [id, member] of reply.swarm) {
    if (member.kind === 'failed') swarm.set(id, wireObject(formatFailure(member.failure)))
    else {
      swarm.set(id, wireObject({ ...formatResult(member.result), signature: base64(member.signature) }))
      top = topMembers?.(member.result) ?? top
    }
  }
  return wireObject({ swarm, ...top, ...formatStamp(reply) })
}
