import { onionSize, type OnionOptions, type OnionPath, padRpc, replyBucket, requestBucket } from '@sotto/protocol/onion'

/** `request`: as all requests. `held`: as held retrieves, which begin at 4 KiB. Spec 70 §5.1, spec 21 §4. */
export type Bucket = 'request' | 'held'

/** How long a payload of this many bytes has to be made so that the whole request has a standard size. */
export function paddedLength(length: number, path: OnionPath, options: OnionOptions, bucket: Bucket): number {
  const size = onionSize(length, path, options)
  return length + (bucket === 'held' ? replyBucket(size) : requestBucket(size)) - size
}

/** Storage RPC brought to a standard size. */
export function padToBucket(rpc: Uint8Array, path: OnionPath, options: OnionOptions, bucket: Bucket): Uint8Array {
  return padRpc(rpc, paddedLength(rpc.length, path, options, bucket) - rpc.length)
}
