import { type Wire } from '../wire/wire.ts'
import { type WireFields, type WireReader } from '../wire/wire-reader.ts'

/** Why nothing is known of what a member did. Spec 20 §3.5. */
export type MemberFailure =
  | { readonly kind: 'timeout' }
  /** The member answered the asked node with this status. */
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string }
  | { readonly kind: 'bad-peer-response' }
  /** Its database refused: it is full, for example. */
  | { readonly kind: 'query-failure'; readonly reason?: string }
  /** Its entry makes no sense, which no honest node writes. */
  | { readonly kind: 'malformed' }

/** `undefined` unless the entry says that the member failed. */
export function parseFailure(fields: WireFields): MemberFailure | undefined {
  if (fields.get('failed')?.looseFlag() !== true) return undefined
  const reason = fields.get('reason')?.text()
  const code = fields.get('code')
  if (fields.get('timeout')?.looseFlag() === true) return { kind: 'timeout' }
  if (code !== undefined) return { kind: 'refused', status: readCode(code), reason: reason ?? '' }
  if (fields.get('bad_peer_response')?.looseFlag() === true) return { kind: 'bad-peer-response' }
  if (fields.get('query_failure')?.looseFlag() !== true) return { kind: 'malformed' }
  return { kind: 'query-failure', ...(reason === undefined ? {} : { reason }) }
}

/** Undone by {@link parseFailure}; nobody writes `malformed`. */
export function formatFailure(failure: MemberFailure): Readonly<Record<string, Wire | undefined>> {
  switch (failure.kind) {
    case 'timeout':
      return { failed: true, timeout: true }
    case 'refused':
      return { failed: true, code: String(failure.status), reason: failure.reason }
    case 'query-failure':
      return { failed: true, query_failure: true, reason: failure.reason }
    case 'bad-peer-response':
    case 'malformed':
      return { failed: true, bad_peer_response: true }
  }
}

/** The code is a string. Spec 20, trap 7. */
function readCode(value: WireReader): number {
  const text = value.isText() ? value.text() : String(value.integer({ max: 999 }))
  if (!/^[1-9][0-9]{2}$/.test(text)) throw value.bad()
  return Number(text)
}
