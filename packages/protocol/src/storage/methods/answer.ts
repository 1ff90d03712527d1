import { StorageError } from '../storage-error.ts'
import { type Wire, wireObject, type WireObject } from '../wire/wire.ts'
import { type WireReader } from '../wire/wire-reader.ts'
import { formatSwarm, type GetSwarmReply, readSwarm } from './get-swarm.ts'

/** The account belongs to another swarm: 421. Spec 20 §3.17. */
export interface WrongSwarm {
  readonly kind: 'wrong-swarm'
  /** The swarm that it belongs to. A node always gives it; `undefined` if it cannot be read. */
  readonly swarm: GetSwarmReply | undefined
}

/** Any other refusal: a status of spec 20 §3.17 and a plain text, empty if there was none. */
export interface Refused {
  readonly kind: 'refused'
  readonly status: number
  readonly text: string
}

/** A method did what it does. The status is 200, except where the method says otherwise. Spec 20 §3.17. */
export interface Answered<Name extends string, Reply> {
  readonly kind: 'reply'
  readonly method: Name
  readonly status: number
  readonly reply: Reply
}

/** What becomes of a request to one method. Spec 20 §3.17. */
export type Answer<Name extends string, Reply> = Answered<Name, Reply> | WrongSwarm | Refused

/** A status and a body before they are encoded. */
export interface AnswerBody {
  readonly status: number
  readonly body: Wire
}

/** How replies of a method are told apart and read. */
interface ReplyReader<Name extends string, Reply> {
  readonly method: Name
  readonly statuses?: readonly number[] | undefined
  readonly parse: (body: WireReader) => Reply
}

/** Longer explanations of refusals are cut. */
const MAX_REASON = 1000

/**
 * Makes sense of a status and a body. Whatever is not the method's reply is a refusal.
 * @throws {StorageError} for a reply that is not what the method promises
 */
export function readAnswer<Name extends string, Reply>(
  { method, statuses = [200], parse }: ReplyReader<Name, Reply>,
  status: number,
  body: WireReader,
): Answer<Name, Reply> {
  if (status === 421) return { kind: 'wrong-swarm', swarm: tryReadSwarm(body) }
  // Beside 200 the same status may come with a plain text.
  const isReply = statuses.includes(status) && (status === 200 || !body.isText())
  if (isReply) return { kind: 'reply', method, status, reply: parse(body) }
  return { kind: 'refused', status, text: body.isText() ? body.text().slice(0, MAX_REASON) : '' }
}

/** The same for what stands inside of another reply: `{"code", "body"}`. Spec 20 §3.14. */
export function readInnerAnswer<Name extends string, Reply>(
  reader: ReplyReader<Name, Reply>,
  value: WireReader,
): Answer<Name, Reply> {
  const fields = value.fields()
  const status = fields.require('code').integer({ min: 100, max: 999 })
  return readAnswer(reader, status, fields.require('body'))
}

/** The status and the body of an answer before they are encoded. Undone by {@link readAnswer}. */
export function answerBody<Name extends string, Reply>(
  answer: Answer<Name, Reply>,
  format: (reply: Reply) => Wire,
): AnswerBody {
  switch (answer.kind) {
    case 'reply':
      return { status: answer.status, body: format(answer.reply) }
    case 'wrong-swarm':
      return { status: 421, body: answer.swarm === undefined ? '' : formatSwarm(answer.swarm) }
    case 'refused':
      return { status: answer.status, body: answer.text }
  }
}

/** `{"code", "body"}`. Undone by {@link readInnerAnswer}. Spec 20 §3.14. */
export function formatInnerAnswer({ status, body }: AnswerBody): WireObject {
  return wireObject({ code: status, body })
}

function tryReadSwarm(body: WireReader): GetSwarmReply | undefined {
  try {
    return readSwarm(body)
  } catch (error) {
    if (error instanceof StorageError) return undefined
    throw error
  }
}
