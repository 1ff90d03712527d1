import { type SubaccountToken } from '@sotto/protocol/storage'
import { type RevocationRecord } from '../port/replica.ts'
import { type RevokeOutcome, type RevokeRequest } from '../port/write-requests.ts'
import { NodeStoreError } from '../node-store-error.ts'
import { launchRequest } from './delete-messages.ts'
import { type Tables } from './tables.ts'

/** Bytes of a revocation with its index entries, and of an account that may be new. */
const REVOCATION_BYTES = 256

/** Spec 20 §3.12. */
export function revoke(tables: Tables, request: RevokeRequest): RevokeOutcome {
  return change(tables, request, true)
}

/** Spec 20 §3.12. */
export function unrevoke(tables: Tables, request: RevokeRequest): RevokeOutcome {
  return change(tables, request, false)
}

/** What peers know of tokens. Spec 70, X4. */
export function applyRevocations(tables: Tables, { records }: { readonly records: readonly RevocationRecord[] }): void {
  requireRoom(tables, records.length)
  for (const { owner, token, changed, revoked } of records) {
    tables.revocations.merge(tables.owners.ensure(owner), [{ token, changed, revoked }])
  }
}

function change(tables: Tables, request: RevokeRequest, revoked: boolean): RevokeOutcome {
  const { tokens, timestamp } = request
  requireRoom(tables, tokens.length)
  const owner = tables.owners.ensure(request.owner)
  const words = tokens.map((token: SubaccountToken) => ({ token, changed: timestamp, revoked }))
  const count = tables.revocations.merge(owner, words)
  return { count, ...launchRequest(tables, request.forward) }
}

function requireRoom({ space }: Tables, count: number): void {
  if (!space.fits(count * REVOCATION_BYTES)) throw new NodeStoreError('node-store.full')
}
