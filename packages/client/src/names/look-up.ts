import { type AccountId, formatAccountId } from '@sotto/protocol/account'
import { X25519KeyPair, X25519SecretKey } from '@sotto/protocol/crypto'
import {
  agreeOnName,
  NAME_ANSWERS,
  nameKey,
  nameRequest,
  NameServiceError,
  openNameRecord,
  parseNameAnswer,
  parseRegisteredName,
  type RegisteredName,
} from '@sotto/protocol/names'
import { type NodeId } from '@sotto/protocol/swarm'
import { type SwarmSession } from '@sotto/network'
import { type EngineContext } from '../engine/context.ts'

const DEADLINE_MS = 10_000
/** In a small network several random swarms are the same one. */
const MAX_DRAWS = 12

/**
 * Whose account a registered name stands for; `undefined` if nobody has registered it. Three random nodes are asked, over paths
 * that nothing else of this account goes over, and have to agree. Spec 10 §8.
 * @throws {NameServiceError} also for records from before the network's hard fork 16: `names.open-failed`
 * @throws {NetworkError}
 */
export async function lookUpName(text: string, context: EngineContext): Promise<AccountId | undefined> {
  const name = parseRegisteredName(text)
  const session = context.openSession(`names:${context.own}`)
  try {
    const places = await drawNodes(session, context)
    const answers = await Promise.all(places.map(place => askNode(session, place, name, context)))
    const record = agreeOnName(answers)
    if (record === undefined) return undefined
    // Their keys cost 256 MiB and a second, and nothing has written them for years.
    if (record.nonce === undefined) throw new NameServiceError('names.open-failed')
    return openNameRecord(record, nameKey(name))
  } finally {
    session.close()
  }
}

/** A node, as a member of the swarm of an owner who does not exist. */
interface Place {
  readonly owner: AccountId
  readonly member: NodeId
}

async function askNode(
  session: SwarmSession,
  { owner, member }: Place,
  name: RegisteredName,
  { stopped }: EngineContext,
) {
  const options = { member, deadlineMs: DEADLINE_MS, signal: stopped }
  const { reply } = await session.request(owner, 'oxend_request', () => nameRequest(name), options)
  return parseNameAnswer(reply.result)
}

/** Distinct nodes anywhere in the network: of the swarms of random ids. */
async function drawNodes(session: SwarmSession, { random, stopped }: EngineContext): Promise<readonly Place[]> {
  const places = new Map<NodeId, Place>()
  for (let draw = 0; draw < MAX_DRAWS && places.size < NAME_ANSWERS; draw++) {
    const owner = formatAccountId(new X25519KeyPair(new X25519SecretKey(random(32))).publicKey)
    const members = await session.swarm(owner, { deadlineMs: DEADLINE_MS, signal: stopped })
    const free = members.filter(({ ed25519 }) => !places.has(ed25519))
    const [high = 0, low = 0] = random(2)
    const member = free[(high * 256 + low) % Math.max(1, free.length)]
    if (member !== undefined) places.set(member.ed25519, { owner, member: member.ed25519 })
  }
  if (places.size < NAME_ANSWERS) throw new NameServiceError('names.too-few-answers', { answers: places.size })
  return [...places.values()]
}
