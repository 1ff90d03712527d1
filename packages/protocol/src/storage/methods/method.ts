import { type CheckContext } from '../auth/check-context.ts'
import { type Encoding, type Wire, type WireObject } from '../wire/wire.ts'
import { type WireFields, type WireReader } from '../wire/wire-reader.ts'

/**
 * Everything that the protocol knows about one method. Parsers throw `StorageError` with the status 400, checks with 401, 403
 * and 406; between the two a node answers 421 for accounts of other swarms. Spec 20 §3.2.
 */
export interface Method<Params, Reply> {
  readonly parse: (fields: WireFields) => Params
  readonly format: (params: Params, encoding: Encoding) => WireObject
  readonly parseReply: (body: WireReader, params: Params) => Reply
  readonly formatReply: (reply: Reply, encoding: Encoding) => Wire
  /** Statuses whose body is the reply of this method. Only 200 if not given. */
  readonly replyStatuses?: readonly number[]
  /** Ranges, clock, signature, in the order of the method. Methods without one are open to everybody. */
  readonly check?: (params: Params, context: CheckContext) => void
  /** What the client signs, for all methods that are signed. */
  readonly signedText?: (params: Omit<Params, 'authority'>) => Uint8Array
  /** The reply is bytes of its own kind and no object. Spec 20 §3.15. */
  readonly isBinary?: boolean
}

/** What stands around a request. Batches hold no batches; ifelse may be nested, but not without end. Spec 20 §3.14. */
export interface Surroundings {
  readonly isInBatch: boolean
  /** How many ifelse are around it. */
  readonly ifElses: number
}

/** Reads and writes the requests and replies that stand inside of others. The table of methods is behind it. */
export interface InnerCodec<Request, Outcome> {
  readonly parseRequest: (value: WireReader, surroundings: Surroundings) => Request
  readonly formatRequest: (request: Request, encoding: Encoding) => WireObject
  readonly parseOutcome: (value: WireReader, request: Request) => Outcome
  readonly formatOutcome: (outcome: Outcome, encoding: Encoding) => WireObject
}

/** The same for parsing a method that itself stands somewhere. */
export interface MethodCodec<Request, Outcome> extends InnerCodec<Request, Outcome> {
  readonly surroundings: Surroundings
}

type OuterParts = 'parse' | 'format' | 'parseReply' | 'formatReply'

/** A method whose requests can hold other requests. Every {@link Method} is one that holds none. */
export interface OuterMethod<Params, Reply, Request, Outcome> extends Omit<Method<Params, Reply>, OuterParts> {
  readonly parse: (fields: WireFields, codec: MethodCodec<Request, Outcome>) => Params
  readonly format: (params: Params, encoding: Encoding, codec: InnerCodec<Request, Outcome>) => WireObject
  readonly parseReply: (body: WireReader, params: Params, codec: InnerCodec<Request, Outcome>) => Reply
  readonly formatReply: (reply: Reply, encoding: Encoding, codec: InnerCodec<Request, Outcome>) => Wire
}
