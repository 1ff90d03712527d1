import { utf8Decode, utf8Encode } from '@sotto/protocol/encoding'
import {
  encodeSubaccountToken,
  formatRequest,
  hashMessage,
  namespaces,
  signRequest,
  toNamespace,
  type StorageRequest,
} from '@sotto/protocol/storage'
import { type FaultAccount } from '../faults/client/fault-account.ts'

/** One good request of every method, signed now, as JSON texts. Spec 20 §3, spec 21. */
export function goodRequests(account: FaultAccount, now: number): readonly string[] {
  const { owner, signer, keys } = account
  const data = utf8Encode(`fuzz ${now}`)
  const times = { timestamp: now, sigTimestamp: now, expiry: now + 3_600_000 }
  const messages = [hashMessage(owner, namespaces.inbox, data)]
  const tokens = [encodeSubaccountToken({ prefix: 5, flags: 15, publicKey: keys.publicKey })]
  const retrieve = signRequest('retrieve', { owner, namespace: namespaces.inbox, timestamp: now }, signer)
  const entries = [{ kind: 'retrieve' as const, params: retrieve.params }]
  const requests: readonly StorageRequest[] = [
    signRequest('store', { owner, namespace: namespaces.inbox, data, ...times }, signer),
    signRequest('store', { owner, namespace: toNamespace(2), data, ...times }, signer),
    retrieve,
    signRequest('delete', { owner, messages, required: false }, signer),
    signRequest('delete_all', { owner, namespace: 'all', timestamp: now }, signer),
    signRequest('delete_before', { owner, namespace: toNamespace(2), before: now - 1 }, signer),
    signRequest('expire', { owner, messages, expiries: [now + 60_000], mode: 'extend' }, signer),
    signRequest('expire_all', { owner, namespace: 'all', expiry: now + 60_000 }, signer),
    signRequest('get_expiries', { owner, messages, timestamp: now }, signer),
    signRequest('revoke_subaccount', { owner, tokens, timestamp: now }, signer),
    signRequest('unrevoke_subaccount', { owner, tokens, timestamp: now }, signer),
    { method: 'get_swarm', params: { owner } },
    { method: 'info', params: {} },
    { method: 'active_nodes_bin', params: {} },
    { method: 'batch', params: { requests: [retrieve, { method: 'info', params: {} }] } },
    { method: 'sequence', params: { requests: [{ method: 'info', params: {} }, retrieve] } },
    { method: 'held_retrieve', params: { holdMs: 0, entries, delayMs: 0, pad: true } },
  ]
  return [
    ...requests.map(request => utf8Decode(formatRequest(request))),
    '{"method":"oxend_request","params":{"endpoint":"get_service_nodes","params":{"active_only":true,"limit":3}}}',
    '{"method":"oxend_request","params":{"endpoint":"ons_resolve","params":{"type":0,"name_hash":"AAAA"}}}',
    '{"method":"ifelse","params":{"if":{"hf_at_least":[19,0]},"then":{"method":"info","params":{}},"else":{"method":"info","params":{}}}}',
  ]
}
