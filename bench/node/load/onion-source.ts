import { type OnionKeys, openReply } from '@sotto/protocol/onion'
import { formatRequest, type StorageRequest } from '@sotto/protocol/storage'
import { type PlannedNode } from '../network/plan.ts'
import { type Account, messageBytes, retrieveRequest, storeRequest } from './accounts.ts'
import { httpRequest } from './connection.ts'
import { type IsGood, type RequestSource } from './drive.ts'
import { pathFrom, wrap } from './onion.ts'

/** What an onion asks at its destination. */
export type OnionMethod = 'info' | 'retrieve' | 'store'

/** Onions made in advance, each with keys of its own: a node refuses one that it has seen. */
export interface OnionSource {
  readonly source: RequestSource
  /** Opens every hundredth answer and looks at the status inside. */
  readonly isGood: IsGood
}

const checkEvery = 100

/**
 * Builds `count` onions over every node once: guard, next, destination; the guard is the node of the connection. With
 * `layers` 4 the path is as long as that of a client, and its destination the guard again.
 */
export function onionSource(
  { method, layers, count }: { readonly method: OnionMethod; readonly layers: number; readonly count: number },
  nodes: readonly PlannedNode[],
  accounts: readonly Account[],
  now: number,
): OnionSource {
  const lots = nodes.map((_, guard) => ({ path: pathFrom(nodes, guard, layers), requests: [] as Lot }))
  for (let made = 0; made < count; made++) {
    const lot = lots[made % lots.length]
    const account = accounts[made % accounts.length]
    if (lot === undefined || account === undefined) continue
    const { request, keys } = wrap(formatRequest(payloadOf(method, account, now)), lot.path)
    lot.requests.push({ request: httpRequest('/onion_req/v2', request), keys })
  }
  // A connection has one request at a time, so an answer is to the last one that was sent there.
  const sent = new Map<number, OnionKeys>()
  return {
    source: connection => {
      const onion = lots[connection % lots.length]?.requests.pop()
      if (onion !== undefined) sent.set(connection, onion.keys)
      return onion?.request
    },
    isGood: checker(sent),
  }
}

type Lot = { readonly request: Uint8Array; readonly keys: OnionKeys }[]

function checker(sent: ReadonlyMap<number, OnionKeys>): IsGood {
  let seen = 0
  return ({ status, body }, connection) => {
    if (status !== 200) return false
    const keys = sent.get(connection)
    return keys !== undefined && (seen++ % checkEvery !== 0 || isGoodReply(body, keys))
  }
}

function isGoodReply(body: Uint8Array, keys: OnionKeys): boolean {
  try {
    const opened = openReply(body, keys)
    return opened.from === 'node' && opened.status === 200
  } catch {
    return false
  }
}

function payloadOf(method: OnionMethod, account: Account, now: number): StorageRequest {
  if (method === 'info') return { method: 'info', params: {} }
  if (method === 'retrieve') return retrieveRequest(account, now)
  return storeRequest(account.owner, crypto.getRandomValues(new Uint8Array(messageBytes)), now)
}
