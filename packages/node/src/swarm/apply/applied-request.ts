import { latin1Decode, latin1Encode } from '@sotto/protocol/encoding'
import {
  encodeForwarded,
  parseNamedRequest,
  type RecursiveMethod,
  StorageError,
  type StorageRequest,
} from '@sotto/protocol/storage'

/** A request of a client on its way to the other members. */
export interface AppliedRequest {
  readonly request: StorageRequest<RecursiveMethod>
  /** Unix ms, by the clock of the member that the client asked. */
  readonly acceptedAt: number
}

/** Applies a request now; the receiver judges its times by its own clock. */
export const APPLY_METHOD = 'apply'
/** Applies a request that had to wait; its times are judged by when it was accepted. */
export const LATE_METHOD = 'late'

const recursive: ReadonlySet<string> = new Set<RecursiveMethod>([
  'store',
  'delete',
  'delete_all',
  'delete_before',
  'expire',
  'expire_all',
  'revoke_subaccount',
  'unrevoke_subaccount',
])

/** acceptedAt 8 ‖ length of the method 1 ‖ method ‖ parameters in bencoding. See docs/protocol/member-link.md. */
export function encodeApplied<M extends RecursiveMethod>(request: StorageRequest<M>, acceptedAt: number): Uint8Array {
  const method = latin1Encode(request.method)
  const params = encodeForwarded(request)
  const bytes = new Uint8Array(9 + method.length + params.length)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(acceptedAt))
  bytes[8] = method.length
  bytes.set(method, 9)
  bytes.set(params, 9 + method.length)
  return bytes
}

/** @throws {StorageError} with the status 400 */
export function decodeApplied(bytes: Uint8Array): AppliedRequest {
  const end = 9 + (bytes[8] ?? 0)
  if (bytes.length < end) throw new StorageError('storage.invalid-bencode', { length: bytes.length })
  const method = latin1Decode(bytes.subarray(9, end))
  if (!recursive.has(method)) throw new StorageError('storage.unknown-method', {}, { subject: method })
  const acceptedAt = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0))
  const request = parseNamedRequest(method, bytes.subarray(end)) as StorageRequest<RecursiveMethod>
  return { request, acceptedAt }
}
