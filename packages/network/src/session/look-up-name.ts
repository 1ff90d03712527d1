import {
  agreeOnName,
  NAME_ANSWERS,
  type NameRecord,
  nameRequest,
  parseNameAnswer,
  NameServiceError,
  type RegisteredName,
} from '@sotto/protocol/names'
import { type NodeEntry } from '@sotto/registry'
import { NetworkError } from '../network-error.ts'
import { type AttemptContext, type Attempted, tryUntil } from './attempts.ts'
import { attemptPorts, begin } from './session-call.ts'
import { type SessionPorts } from './session-ports.ts'
import { type CallOptions } from './swarm-session.ts'

/** Nodes that are asked in place of others which did not answer. */
const RESERVES = 6

/** One node's word; `undefined` in it: the name is not registered. */
interface NameAnswer {
  readonly record: NameRecord | undefined
}

/** See `SwarmSession.lookUpName`. */
export async function lookUpName(
  ports: SessionPorts,
  name: RegisteredName,
  options: CallOptions,
): Promise<NameRecord | undefined> {
  const limits = await begin(ports, options)
  return tryUntil(attemptPorts(ports), limits, async (context): Promise<Attempted<NameRecord | undefined>> => {
    const answers = await askNodes(ports, name, context)
    if (answers.length < NAME_ANSWERS) return { kind: 'again', error: new NetworkError('network.path-failed') }
    return { kind: 'done', result: agreeOnName(answers.map(({ record }) => record)) }
  })
}

/** Three nodes at once, each with others in reserve. */
async function askNodes(
  ports: SessionPorts,
  name: RegisteredName,
  context: AttemptContext,
): Promise<readonly NameAnswer[]> {
  const active = ports.directory.list().nodes.filter(({ state }) => state === 'active')
  const nodes = ports.dice.shuffled(active).slice(0, NAME_ANSWERS + RESERVES)
  const reserve = nodes.slice(NAME_ANSWERS)
  const answers = await Promise.all(
    nodes.slice(0, NAME_ANSWERS).map(async first => {
      for (let node: NodeEntry | undefined = first; node !== undefined; node = reserve.shift()) {
        const answer = await askNode(ports, node, name, context)
        if (answer !== undefined) return [answer]
      }
      return []
    }),
  )
  return answers.flat()
}

async function askNode(
  { paths, caller }: SessionPorts,
  node: NodeEntry,
  name: RegisteredName,
  { timeoutMs, signal }: AttemptContext,
): Promise<NameAnswer | undefined> {
  const path = paths.take({ destination: node.ed25519 })
  const request = { method: 'oxend_request', params: nameRequest(name) } as const
  const answer = await caller.call({ path, node, request, timeoutMs, signal })
  if (answer.kind === 'failed' || answer.outcome.kind !== 'reply') return undefined
  try {
    return { record: parseNameAnswer(answer.outcome.reply.result) }
  } catch (error) {
    if (error instanceof NameServiceError) return undefined
    throw error
  }
}
