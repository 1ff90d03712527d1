import { StorageError } from './storage-error.ts'
import { readSwarm, formatSwarm } from './methods/get-swarm.ts'
import { type InnerCodec, type Surroundings } from './methods/method.ts'
import { methodNamed, methods } from './methods/table.ts'
import { type MethodName, type Outcome, type StorageRequest } from './methods/types.ts'
import { type Encoding, type Wire, wireObject, type WireObject } from './wire/wire.ts'
import { type WireFields } from './wire/wire-fields.ts'
import { type WireReader } from './wire/wire-reader.ts'

/** Longer explanations of refusals are cut. */
const maxReason = 1000

/** Not allowed among the requests of a batch or sequence. Spec 20 §3.14. */
const notInBatch: ReadonlySet<MethodName> = new Set(['batch', 'sequence', 'ifelse'])

/** The table of methods as requests see it that hold others. */
const codec: InnerCodec = {
  parseRequest: parseInnerRequest,
  formatRequest: (request, encoding) => wireObject({ method: request.method, params: formatParams(request, encoding) }),
  parseOutcome: parseInnerOutcome,
  formatOutcome: (outcome, encoding) => {
    const { status, body } = outcomeBody(outcome, encoding)
    return wireObject({ code: status, body })
  },
}

/**
 * Reads the parameters of a method.
 * @throws {StorageError} all that stand for 400
 */
export function parseParams(method: MethodName, fields: WireFields, surroundings: Surroundings): StorageRequest {
  return requestOf(method, fields, surroundings)
}

export function formatParams<M extends MethodName>(request: StorageRequest<M>, encoding: Encoding): WireObject {
  return methods[request.method].format(request.params, encoding, codec)
}

/**
 * Makes sense of a status and a body. Whatever is not the method's reply is a refusal.
 * @throws {StorageError} for a reply that is not what the method promises
 */
export function readOutcome<M extends MethodName>(
  request: StorageRequest<M>,
  status: number,
  body: WireReader,
): Outcome<M> {
  if (status === 421) return { kind: 'wrong-swarm', swarm: tryReadSwarm(body) }
  const method = methods[request.method]
  const isReply = (method.replyStatuses ?? [200]).includes(status) && (status === 200 || !body.isText())
  if (!isReply) return { kind: 'refused', status, text: body.isText() ? clip(body) : '' }
  const reply = method.parseReply(body, request.params, codec)
  return { kind: 'reply', method: request.method, status, reply } as Outcome<M>
}

/** The status and body of an outcome before they are encoded. */
export function outcomeBody(outcome: Outcome, encoding: Encoding): { readonly status: number; readonly body: Wire } {
  switch (outcome.kind) {
    case 'reply':
      return { status: outcome.status, body: replyBody(outcome, encoding) }
    case 'wrong-swarm':
      return { status: 421, body: outcome.swarm === undefined ? '' : formatSwarm(outcome.swarm) }
    case 'refused':
      return { status: outcome.status, body: outcome.text }
  }
}

function replyBody<M extends MethodName>(
  { method, reply }: Extract<Outcome<M>, { kind: 'reply' }>,
  encoding: Encoding,
): Wire {
  return methods[method].formatReply(reply, encoding, codec)
}

function requestOf<M extends MethodName>(method: M, fields: WireFields, surroundings: Surroundings): StorageRequest {
  const params = methods[method].parse(fields, { ...codec, surroundings })
  return { method, params } as StorageRequest
}

/** Any request inside that cannot be read spoils the whole. Spec 20 §3.14. */
function parseInnerRequest(value: WireReader, surroundings: Surroundings): StorageRequest {
  const fields = value.fields()
  const name = fields.require('method').text()
  const method = methodNamed(name)
  const isForbidden =
    method === 'held_retrieve' || (surroundings.isInBatch && method !== undefined && notInBatch.has(method))
  if (method === undefined || isForbidden) throw new StorageError('storage.invalid-method', {}, { subject: name })
  return requestOf(method, fields.require('params').fields(), surroundings)
}

function parseInnerOutcome(value: WireReader, request: StorageRequest): Outcome {
  const fields = value.fields()
  const code = fields.require('code')
  return readOutcome(request, code.integer({ min: 100, max: 999 }), fields.require('body'))
}

function tryReadSwarm(body: WireReader): ReturnType<typeof readSwarm> | undefined {
  try {
    return readSwarm(body)
  } catch (error) {
    if (error instanceof StorageError) return undefined
    throw error
  }
}

function clip(body: WireReader): string {
  return body.text().slice(0, maxReason)
}
