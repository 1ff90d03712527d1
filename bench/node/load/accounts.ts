import { formatAccountId } from '@sotto/protocol/account'
import { type Ed25519KeyPair, ed25519KeyPairToX25519 } from '@sotto/protocol/crypto'
import {
  formatRequest,
  type MessageHash,
  namespaces,
  parseOutcome,
  type RetrieveParams,
  signRequest,
  type StorageRequest,
  userSigner,
} from '@sotto/protocol/storage'
import { parseSwarmOwner, type SwarmOwner } from '@sotto/protocol/swarm'
import { drawKeyPair } from '../network/plan.ts'
import { type Connection, httpRequest } from './connection.ts'

/** Bytes of every message here. */
export const messageBytes = 400
/** Messages in the inbox of every account. */
const messagesPerAccount = 10

/** Somebody who has messages. */
export interface Account {
  readonly keys: Ed25519KeyPair
  readonly owner: SwarmOwner
  /** The newest message on each node: nodes have their own orders. */
  readonly cursors: readonly (MessageHash | undefined)[]
}

/** A new account that has nothing yet. */
export function drawAccount(): Account {
  const keys = drawKeyPair()
  return { keys, owner: parseSwarmOwner(formatAccountId(ed25519KeyPairToX25519(keys).publicKey)), cursors: [] }
}

/** The request to keep a message that nobody has stored before. */
export function storeRequest(owner: SwarmOwner, data: Uint8Array, now: number): StorageRequest<'store'> {
  const message = { timestamp: now, expiry: now + 86_400_000, sigTimestamp: now, data }
  return { method: 'store', params: { owner, namespace: namespaces.inbox, ...message } }
}

/** A signed retrieve, of what came after `lastHash` if that is given. */
export function retrieveRequest(account: Account, now: number, lastHash?: MessageHash): StorageRequest<'retrieve'> {
  return { method: 'retrieve', params: retrieveParams(account, now, lastHash) }
}

/** The parameters of a signed retrieve. */
export function retrieveParams({ owner, keys }: Account, now: number, lastHash?: MessageHash): RetrieveParams {
  const after = lastHash === undefined ? {} : { lastHash }
  const params = { owner, namespace: namespaces.inbox, timestamp: now, ...after }
  return signRequest('retrieve', params, userSigner(keys)).params
}

/**
 * Makes accounts with ten messages each, and reads on every node where each inbox ends. `clients` are spread over the nodes
 * in turn.
 */
export async function fillAccounts(
  count: number,
  clients: readonly Connection[],
  nodeCount: number,
  now: number,
): Promise<readonly Account[]> {
  const accounts: Account[] = []
  // Each client takes the next account when it is done with one.
  const work = clients.map(async client => {
    while (accounts.length < count) {
      const account = drawAccount()
      accounts.push(account)
      await fillInbox(account, client, now)
    }
  })
  await Promise.all(work)
  return Promise.all(accounts.map(account => withCursors(account, clients.slice(0, nodeCount), now)))
}

/** Connections take one request at a time, so requests of different accounts queue up here. */
const queues = new WeakMap<Connection, Promise<unknown>>()

async function fillInbox({ owner }: Account, client: Connection, now: number): Promise<void> {
  for (let made = 0; made < messagesPerAccount; made++) {
    const data = crypto.getRandomValues(new Uint8Array(messageBytes))
    await askStorage(client, storeRequest(owner, data, now))
  }
}

async function withCursors(account: Account, nodes: readonly Connection[], now: number): Promise<Account> {
  const cursors = await Promise.all(nodes.map(node => newest(account, node, now)))
  return { ...account, cursors }
}

async function newest(account: Account, node: Connection, now: number): Promise<MessageHash | undefined> {
  const request = retrieveRequest(account, now)
  const body = await askStorage(node, request)
  const outcome = parseOutcome(request, 200, body)
  const messages = outcome.kind === 'reply' && 'messages' in outcome.reply ? outcome.reply.messages : []
  if (messages.length !== messagesPerAccount) throw new Error(`${messages.length} messages were kept`)
  return messages.at(-1)?.hash
}

/** Asks a node directly; anything but 200 is a failure. */
async function askStorage(node: Connection, request: StorageRequest): Promise<Uint8Array> {
  const bytes = httpRequest('/storage_rpc/v1', formatRequest(request))
  const before = queues.get(node) ?? Promise.resolve()
  const answered = before.then(() => node.ask(bytes))
  queues.set(node, answered)
  const { status, body } = await answered
  if (status !== 200) throw new Error(`a node answered ${status}: ${new TextDecoder().decode(body.subarray(0, 200))}`)
  return body
}
