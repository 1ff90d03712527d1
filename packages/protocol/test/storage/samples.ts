import { utf8Encode } from '../../src/encoding/index.ts'
import {
  access,
  type Authority,
  type SignedMethod,
  signRequest,
  type RequestSigner,
  type StorageRequest,
  toNamespace,
  type Unsigned,
} from '../../src/storage/index.ts'
import { asGroup, asSubaccount, asUser, group, hashes, now, token, user } from './fixtures.ts'

const inbox = toNamespace(0)

/** A signed request of these parameters. */
export function sign<M extends SignedMethod>(
  method: M,
  params: Unsigned<M>,
  signer: RequestSigner = asUser,
): StorageRequest<M> {
  return signRequest(method, params, signer)
}

/** The parameters of a store to namespace 2 that nothing is wrong with. */
export const storeParams = {
  owner: user,
  namespace: toNamespace(2),
  timestamp: now,
  sigTimestamp: now,
  expiry: now + 60_000,
  data: utf8Encode('hello'),
}

export const info: StorageRequest<'info'> = { method: 'info', params: {} }

/** Requests of every method, each right in itself; those that stand for themselves first. */
export const simpleRequests: readonly StorageRequest[] = [
  { method: 'store', params: { ...storeParams, namespace: inbox, data: new Uint8Array() } },
  sign('store', storeParams),
  sign('store', { ...storeParams, owner: group, namespace: toNamespace(11), sigTimestamp: now - 1 }, asGroup),
  sign('retrieve', { owner: user, namespace: inbox, timestamp: now }),
  sign('retrieve', {
    owner: user,
    namespace: toNamespace(3),
    timestamp: now,
    lastHash: hashes[0],
    maxSize: -8,
    maxCount: 5,
  }),
  sign('retrieve', { owner: group, namespace: toNamespace(11), timestamp: now }, asSubaccount()),
  { method: 'retrieve', params: { owner: group, namespace: toNamespace(-10) } },
  sign('delete', { owner: user, messages: hashes, required: true }),
  sign('delete_all', { owner: user, namespace: 'all', timestamp: now }),
  sign('delete_all', { owner: user, namespace: inbox, timestamp: now }),
  sign('delete_before', { owner: user, namespace: toNamespace(-1), before: now }),
  sign('expire', { owner: user, messages: hashes, expiries: [now], mode: 'extend' }),
  sign('expire', { owner: user, messages: hashes, expiries: [now, now + 1] }),
  sign('expire', { owner: user, messages: [hashes[0]], expiries: [now], mode: 'shorten' }),
  sign('expire', { owner: group, messages: hashes, expiries: [now] }, asSubaccount(access.write)),
  sign('expire_all', { owner: user, namespace: 'all', expiry: now }),
  sign('get_expiries', { owner: user, messages: hashes, timestamp: now }),
  sign('revoke_subaccount', { owner: group, tokens: [token], timestamp: now }, asGroup),
  sign('unrevoke_subaccount', { owner: group, tokens: [token, token], timestamp: now }, asGroup),
  { method: 'get_swarm', params: { owner: user } },
  info,
  { method: 'oxend_request', params: { endpoint: 'get_service_nodes', params: new Map([['limit', 5]]) } },
  { method: 'oxend_request', params: { endpoint: 'ons_resolve' } },
  { method: 'active_nodes_bin', params: {} },
]

/** And those that hold others. */
export const requests: readonly StorageRequest[] = [
  ...simpleRequests,
  { method: 'batch', params: { requests: simpleRequests.slice(0, 20) } },
  { method: 'sequence', params: { requests: simpleRequests.slice(-5) } },
  {
    method: 'ifelse',
    params: {
      condition: { hardForkAtLeast: [19, 3], versionBefore: [3, 0, 0], heightBefore: 5 },
      ifTrue: { method: 'batch', params: { requests: [info] } },
      ifFalse: {
        method: 'ifelse',
        params: { condition: { hardForkBefore: [19, 0], versionAtLeast: [2, 8, 0], heightAtLeast: 0 }, ifTrue: info },
      },
    },
  },
  {
    method: 'held_retrieve',
    params: {
      holdMs: 20_000,
      delayMs: 10,
      pad: false,
      entries: simpleRequests.flatMap(({ method, params }) =>
        method === 'retrieve' ? [{ kind: 'retrieve', params } as const] : [],
      ),
    },
  },
]

/** The authority of a request that has one. */
export function authorityOf(request: StorageRequest): Authority {
  const { params } = request
  if (!('authority' in params)) throw new Error('the request is not signed')
  return params.authority
}
