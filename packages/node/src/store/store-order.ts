import { type NodeId } from '@sotto/protocol/swarm'
import { type NewMessage } from './port/message.ts'
import { type StoreRequest } from './port/write-requests.ts'

/**
 * A store on its way to the thread that writes. A list, since an object that names its members costs three times as much to
 * send and to receive, and stores are most of what is written.
 */
export type StoreOrder = readonly [
  owner: NewMessage['owner'],
  namespace: NewMessage['namespace'],
  hash: NewMessage['hash'],
  timestamp: number,
  expiry: number,
  data: Uint8Array,
  now: number,
  acceptedAt: number | undefined,
  signedAt: number | undefined,
  maxAgeMs: number | undefined,
  isLate: boolean | undefined,
  peers: readonly NodeId[] | undefined,
  body: Uint8Array | undefined,
]

/** Leaves out what the request goes on as if it goes on to nobody. */
export function packStore(request: StoreRequest): StoreOrder {
  const { message, now, acceptedAt, signedAt, maxAgeMs, isLate, peers, body } = request
  const { owner, namespace, hash, timestamp, expiry, data } = message
  const head = [owner, namespace, hash, timestamp, expiry, data, now, acceptedAt, signedAt, maxAgeMs, isLate] as const
  return peers === undefined || peers.length === 0 ? [...head, undefined, undefined] : [...head, peers, body]
}

/** The request again. */
export function unpackStore(order: StoreOrder): StoreRequest {
  const [owner, namespace, hash, timestamp, expiry, data, now] = order
  const [, , , , , , , acceptedAt, signedAt, maxAgeMs, isLate, peers, body] = order
  const message = { owner, namespace, hash, timestamp, expiry, data }
  return { message, now, acceptedAt, signedAt, maxAgeMs, isLate, peers, body }
}
