import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { formatRequest, type MessageHash, parseOutcome, type StorageRequest } from '@sotto/protocol/storage'
import { type Account, messageBytes, retrieveParams, storeRequest } from './accounts.ts'
import { type Connection, httpRequest } from './connection.ts'

/** How long it took until a held answer came, ms, each list in rising order. */
export interface HeldLatencies {
  /** Since the store was sent. */
  readonly sinceStore: readonly number[]
  /** Since the store was acknowledged; below zero if the held answer came first. */
  readonly sinceAcknowledged: readonly number[]
}

const path = '/storage_rpc/v1'
const holdMs = 25_000
/** Long enough for the request to be held by then. */
const settleMs = 30

/** The request to hold an answer until something comes after a message. */
export function heldRequest(account: Account, now: number, lastHash?: MessageHash): StorageRequest<'held_retrieve'> {
  const params = retrieveParams(account, now, lastHash)
  return { method: 'held_retrieve', params: { holdMs, entries: [{ kind: 'retrieve', params }], delayMs: 0, pad: true } }
}

/** Stores at one member while another one holds, `count` times. */
export async function measureHeldLatency(
  accounts: readonly Account[],
  storing: Connection,
  holding: { readonly connection: Connection; readonly node: number },
  count: number,
): Promise<HeldLatencies> {
  const cursors = new Map(accounts.map(account => [account, account.cursors[holding.node]]))
  const sinceStore: number[] = []
  const sinceAcknowledged: number[] = []
  for (let round = 0; round < count; round++) {
    const account = accounts[round % accounts.length]
    if (account === undefined) break
    const held = heldRequest(account, Date.now(), cursors.get(account))
    const answered = holding.connection
      .ask(httpRequest(path, formatRequest(held)))
      .then(answer => ({ answer, at: performance.now() }))
    await sleep(settleMs)
    const data = crypto.getRandomValues(new Uint8Array(messageBytes))
    const store = httpRequest(path, formatRequest(storeRequest(account.owner, data, Date.now())))
    const sentAt = performance.now()
    await storing.ask(store)
    const acknowledgedAt = performance.now()
    const { answer, at } = await answered
    cursors.set(account, newestOf(held, answer.status, answer.body))
    sinceStore.push(at - sentAt)
    sinceAcknowledged.push(at - acknowledgedAt)
  }
  return { sinceStore: rising(sinceStore), sinceAcknowledged: rising(sinceAcknowledged) }
}

function newestOf(held: StorageRequest<'held_retrieve'>, status: number, body: Uint8Array): MessageHash {
  const outcome = parseOutcome(held, status, body)
  const [first] = outcome.kind === 'reply' && 'results' in outcome.reply ? outcome.reply.results : []
  const reply = first?.kind === 'reply' ? first.reply : undefined
  const newest = reply !== undefined && 'messages' in reply ? reply.messages.at(-1)?.hash : undefined
  if (newest === undefined) throw new Error(`a held answer came without a message: ${status}`)
  return newest
}

function rising(values: readonly number[]): readonly number[] {
  return values.toSorted((a, b) => a - b)
}
