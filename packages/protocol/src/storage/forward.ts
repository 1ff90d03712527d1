import { encodeWire } from './wire/encode-wire.ts'
import { formatParams } from './codec.ts'
import { type RecursiveMethod, type StorageRequest } from './methods/types.ts'

/**
 * The parameters as one member of a swarm passes them to the others: bencoded, `store` with its expiry, without namespace 0,
 * and `delete` without `required`, which only the asked member answers for. Read by `parseNamedRequest`. Spec 20 §3.5, §6.
 */
export function encodeForwarded<M extends RecursiveMethod>(request: StorageRequest<M>): Uint8Array {
  const params = new Map(formatParams(request, 'bencode'))
  params.delete('required')
  return encodeWire(params, 'bencode')
}
