import { formatRequest, type MethodName, type StorageRequest } from '@sotto/protocol/storage'
import { Ed25519KeyPair, Ed25519Seed, ed25519KeyPairToX25519, type RandomBytes } from '@sotto/protocol/crypto'
import { decodeJson, encodeHex, type JsonObject, utf8Encode } from '@sotto/protocol/encoding'
import {
  groupSigner,
  type MessageHash,
  type Namespace,
  type RequestSigner,
  signRequest,
  type StoreParams,
  toNamespace,
  userSigner,
} from '@sotto/protocol/storage'
import { parseSwarmOwner, type SwarmOwner } from '@sotto/protocol/swarm'
import { type RpcReply } from '../../src/rpc/rpc-reply.ts'
import { type LocalSwarm, type TestNode } from './local-swarm.ts'

/** An account and how it signs. */
export interface TestAccount {
  readonly owner: SwarmOwner
  readonly signer: RequestSigner
  readonly keys: Ed25519KeyPair
}

/** A user, the same for the same number. */
export function testUser(number: number): TestAccount {
  const keys = keysOf(number)
  const owner = parseSwarmOwner(`05${encodeHex(ed25519KeyPairToX25519(keys).publicKey)}`)
  return { owner, signer: userSigner(keys), keys }
}

/** A group, the same for the same number. */
export function testGroup(number: number): TestAccount {
  const keys = keysOf(number + 1_000_000)
  return { owner: parseSwarmOwner(`03${encodeHex(keys.publicKey)}`), signer: groupSigner(keys), keys }
}

/** Users that a random source chooses. */
export function randomUser(random: RandomBytes): TestAccount {
  const [a = 0, b = 0, c = 0] = random(3)
  return testUser(a * 65_536 + b * 256 + c)
}

export const inbox = toNamespace(0)

/** A store by anybody into an inbox. */
export function storeRequest(
  owner: SwarmOwner,
  text: string,
  now: number,
  more: Partial<StoreParams> = {},
): StorageRequest<'store'> {
  const data = utf8Encode(text)
  const params = { owner, namespace: inbox, timestamp: now, sigTimestamp: now, expiry: now + 86_400_000, data, ...more }
  return { method: 'store', params }
}

/** A signed store into a private namespace. */
export function privateStore(
  { owner, signer }: TestAccount,
  text: string,
  now: number,
  namespace: Namespace = toNamespace(2),
): StorageRequest<'store'> {
  const { authority: _, ...params } = storeRequest(owner, text, now, { namespace }).params
  return signRequest('store', params, signer)
}

/** A signed retrieve. */
export function retrieveRequest(
  { owner, signer }: TestAccount,
  now: number,
  lastHash?: MessageHash,
  namespace: Namespace = inbox,
): StorageRequest<'retrieve'> {
  const params = { owner, namespace, timestamp: now, ...(lastHash === undefined ? {} : { lastHash }) }
  return signRequest('retrieve', params, signer)
}

/** Asks a node, as a client does; time passes until it answers. */
export function ask<M extends MethodName>(
  swarm: LocalSwarm,
  node: TestNode,
  request: StorageRequest<M>,
): Promise<RpcReply> {
  return swarm.until(node.service.rpc.answer(formatRequest(request), 'client', new AbortController()))
}

/** The JSON of an answer. */
export function jsonOf({ body }: RpcReply): JsonObject {
  const json = decodeJson(typeof body === 'string' ? utf8Encode(body) : body)
  if (!(json instanceof Map)) throw new Error('the answer is no object')
  return json
}

/** The hashes that a node has of an account, by its own retrieve. */
export function hashesAt(
  node: TestNode,
  owner: SwarmOwner,
  now: number,
  namespace: Namespace = inbox,
): readonly string[] {
  return node.store
    .retrieve(owner, namespace, { maxSize: 7_800_000 }, now)
    .messages.map(({ hash }) => hash)
    .toSorted()
}

function keysOf(number: number): Ed25519KeyPair {
  const seed = new Uint8Array(32).fill(7)
  new DataView(seed.buffer).setUint32(0, number)
  return new Ed25519KeyPair(new Ed25519Seed(seed))
}
