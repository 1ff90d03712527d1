import { type HardFork } from '../auth/check-context.ts'
import { StorageError } from '../storage-error.ts'
import { type Encoding, type Wire, wireObject, type WireObject } from '../wire/wire.ts'
import { type WireFields, type WireReader } from '../wire/wire-reader.ts'
import { MAX_IF_ELSE_NESTING } from '../limits.ts'
import { type InnerCodec, type MethodCodec } from './method.ts'
import { type NodeVersion, readHardFork, readVersion } from './stamp.ts'

/** What must hold, all of it, for the first branch to run. At least one is given. Spec 20 §3.14. */
export interface Condition {
  readonly hardForkAtLeast?: HardFork
  readonly hardForkBefore?: HardFork
  readonly versionAtLeast?: NodeVersion
  readonly versionBefore?: NodeVersion
  readonly heightAtLeast?: number
  readonly heightBefore?: number
}

/** What conditions are about. Spec 20 §3.14. */
export interface NodeState {
  readonly hardFork: HardFork
  readonly version: NodeVersion
  /** Of the chain. */
  readonly height: number
}

/** Runs one of two requests, whichever fits the node. Either may be left out. Spec 20 §3.14. */
export interface IfElseParams<Request> {
  readonly condition: Condition
  readonly ifTrue?: Request
  readonly ifFalse?: Request
}

/** What the node is, and what the branch came to. Spec 20 §3.14. */
export interface IfElseReply<Outcome> extends NodeState {
  /** Whether the condition held. */
  readonly condition: boolean
  /** Nothing if the branch was left out. */
  readonly result?: Outcome
}

/** Whether everything in a condition holds. Spec 20 §3.14. */
export function holds(condition: Condition, { hardFork, version, height }: NodeState): boolean {
  return (
    isAtLeast(hardFork, condition.hardForkAtLeast) &&
    isBelow(hardFork, condition.hardForkBefore) &&
    isAtLeast(version, condition.versionAtLeast) &&
    isBelow(version, condition.versionBefore) &&
    isAtLeast([height], condition.heightAtLeast === undefined ? undefined : [condition.heightAtLeast]) &&
    isBelow([height], condition.heightBefore === undefined ? undefined : [condition.heightBefore])
  )
}

/** `ifelse`. Spec 20 §3.14. */
export const ifElse = { parse, format, parseReply, formatReply }

function isAtLeast(value: readonly number[], bound: readonly number[] | undefined): boolean {
  return bound === undefined || !isLess(value, bound)
}

function isBelow(value: readonly number[], bound: readonly number[] | undefined): boolean {
  return bound === undefined || isLess(value, bound)
}

function isLess(value: readonly number[], bound: readonly number[]): boolean {
  const at = bound.findIndex((part, at) => part !== (value[at] ?? 0))
  return at >= 0 && (value[at] ?? 0) < (bound[at] ?? 0)
}

function parse<Request, Outcome>(fields: WireFields, codec: MethodCodec<Request, Outcome>): IfElseParams<Request> {
  if (codec.surroundings.ifElses >= MAX_IF_ELSE_NESTING) throw new StorageError('storage.too-deep')
  const surroundings = { ...codec.surroundings, ifElses: codec.surroundings.ifElses + 1 }
  const condition = parseCondition(fields.require('if'))
  const ifTrue = fields.get('then')
  const ifFalse = fields.get('else')
  return {
    condition,
    ...(ifTrue === undefined ? {} : { ifTrue: codec.parseRequest(ifTrue, surroundings) }),
    ...(ifFalse === undefined ? {} : { ifFalse: codec.parseRequest(ifFalse, surroundings) }),
  }
}

function parseCondition(value: WireReader): Condition {
  const fields = value.fields()
  const heightAtLeast = fields.get('height_at_least')?.integer()
  const heightBefore = fields.get('height_before')?.integer()
  const condition = {
    ...optional('hardForkAtLeast', readFork(fields, 'hf_at_least')),
    ...optional('hardForkBefore', readFork(fields, 'hf_before')),
    ...optional('versionAtLeast', readParts(fields, 'v_at_least')),
    ...optional('versionBefore', readParts(fields, 'v_before')),
    ...optional('heightAtLeast', heightAtLeast),
    ...optional('heightBefore', heightBefore),
  }
  if (Object.keys(condition).length === 0) throw value.bad()
  return condition
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V })
}

function readFork(fields: WireFields, key: string): HardFork | undefined {
  const parts = readParts(fields, key, 2)
  return parts === undefined ? undefined : [parts[0], parts[1]]
}

/** Short lists are filled up with zeros. */
function readParts(fields: WireFields, key: string, most = 3): NodeVersion | undefined {
  const value = fields.get(key)
  if (value === undefined) return undefined
  const [major, minor = 0, patch = 0] = value.list(most).map(part => part.integer())
  if (major === undefined) throw value.bad()
  return [major, minor, patch]
}

function format<Request, Outcome>(
  { condition, ifTrue, ifFalse }: IfElseParams<Request>,
  encoding: Encoding,
  codec: InnerCodec<Request, Outcome>,
): WireObject {
  const object = new Map<string, Wire>([['if', formatCondition(condition)]])
  if (ifTrue !== undefined) object.set('then', codec.formatRequest(ifTrue, encoding))
  if (ifFalse !== undefined) object.set('else', codec.formatRequest(ifFalse, encoding))
  return object
}

function formatCondition(condition: Condition): WireObject {
  return wireObject({
    hf_at_least: condition.hardForkAtLeast,
    hf_before: condition.hardForkBefore,
    v_at_least: condition.versionAtLeast,
    v_before: condition.versionBefore,
    height_at_least: condition.heightAtLeast,
    height_before: condition.heightBefore,
  })
}

function parseReply<Request, Outcome>(
  body: WireReader,
  { ifTrue, ifFalse }: IfElseParams<Request>,
  codec: InnerCodec<Request, Outcome>,
): IfElseReply<Outcome> {
  const fields = body.fields()
  const condition = fields.require('condition').looseFlag()
  const request = condition ? ifTrue : ifFalse
  const result = fields.get('result')
  return {
    hardFork: readHardFork(fields.require('hf')),
    version: readVersion(fields.require('v')),
    height: fields.require('height').integer(),
    condition,
    ...(result === undefined || request === undefined ? {} : { result: codec.parseOutcome(result, request) }),
  }
}

function formatReply<Request, Outcome>(
  reply: IfElseReply<Outcome>,
  encoding: Encoding,
  codec: InnerCodec<Request, Outcome>,
): Wire {
  return wireObject({
    hf: reply.hardFork,
    v: reply.version,
    height: reply.height,
    condition: reply.condition,
    result: reply.result === undefined ? undefined : codec.formatOutcome(reply.result, encoding),
  })
}
