import { StorageError } from './storage-error.ts'
import { answerBody, type AnswerBody, formatInnerAnswer, readAnswer, readInnerAnswer } from './methods/answer.ts'
import { type InnerCodec, type Surroundings } from './methods/method.ts'
import { methodNamed, methods } from './methods/table.ts'
import { type MethodName, type Outcome, type Replied, type StorageRequest } from './methods/types.ts'
import { type Encoding, type Wire, wireObject, type WireObject } from './wire/wire.ts'
import { type WireFields, type WireReader } from './wire/wire-reader.ts'

/** Not allowed among the requests of a batch or sequence. Spec 20 §3.14. */
const notInBatch: ReadonlySet<MethodName> = new Set(['batch', 'sequence', 'ifelse'])

/** The table of methods as requests see it that hold others. */
const codec: InnerCodec<StorageRequest, Outcome> = {
  parseRequest: parseInnerRequest,
  formatRequest: (request, encoding) => wireObject({ method: request.method, params: formatParams(request, encoding) }),
  parseOutcome: (value, request) => readInnerAnswer(replyReader(request), value) as Outcome,
  formatOutcome: (outcome, encoding) => formatInnerAnswer(outcomeBody(outcome, encoding)),
}

/**
 * Reads the parameters of a method.
 * @throws {StorageError} all that stand for 400
 */
export function parseParams(method: MethodName, fields: WireFields, surroundings: Surroundings): StorageRequest {
  const params = methods[method].parse(fields, { ...codec, surroundings })
  return { method, params } as StorageRequest
}

/** Undone by {@link parseParams}. */
export function formatParams<M extends MethodName>(request: StorageRequest<M>, encoding: Encoding): WireObject {
  return methods[request.method].format(request.params, encoding, codec)
}

/**
 * Makes sense of a status and a body.
 * @throws {StorageError} for a reply that is not what the method promises
 */
export function readOutcome<M extends MethodName>(
  request: StorageRequest<M>,
  status: number,
  body: WireReader,
): Outcome<M> {
  return readAnswer(replyReader(request), status, body) as Outcome<M>
}

/** The status and body of an outcome before they are encoded. */
export function outcomeBody(outcome: Outcome, encoding: Encoding): AnswerBody {
  if (outcome.kind === 'reply') return { status: outcome.status, body: replyBody(outcome, encoding) }
  return answerBody(outcome, () => '')
}

function replyBody<M extends MethodName>({ method, reply }: Replied<M>, encoding: Encoding): Wire {
  return methods[method].formatReply(reply, encoding, codec)
}

function replyReader<M extends MethodName>({ method, params }: StorageRequest<M>): Parameters<typeof readAnswer>[0] {
  const { replyStatuses, parseReply } = methods[method]
  return { method, statuses: replyStatuses, parse: body => parseReply(body, params, codec) }
}

/** Any request inside that cannot be read spoils the whole. Spec 20 §3.14. */
function parseInnerRequest(value: WireReader, surroundings: Surroundings): StorageRequest {
  const fields = value.fields()
  const name = fields.require('method').text()
  const method = methodNamed(name)
  const isForbidden =
    method === 'held_retrieve' || (surroundings.isInBatch && method !== undefined && notInBatch.has(method))
  if (method === undefined || isForbidden) throw new StorageError('storage.invalid-method', {}, { subject: name })
  return parseParams(method, fields.require('params').fields(), surroundings)
}
