import { MAX_ONION_SIZE } from './limits.ts'
import { OnionError } from './onion-error.ts'

const KIB = 1024

/**
 * The size, in bytes, that a request of the existing network is brought to: 2, 4, 8 … 128 KiB, then whole MiB.
 * A request to which the next size is closed by the limit of 10 MiB goes as large as it is. Spec 70 §5.1.
 */
export function requestBucket(size: number): number {
  return bucket(size, 2 * KIB, KIB * KIB)
}

/** The size, in bytes, of replies to native clients and of their held requests: 4 … 128 KiB, then 256 KiB each. Spec 21 §4. */
export function replyBucket(size: number): number {
  return bucket(size, 4 * KIB, 256 * KIB)
}

/**
 * Storage RPC with as many spaces at its end as `room`, which parsers skip. Spec 21 §4, spec 70 §5.1.
 * @throws {OnionError} `onion.bad-padding` if `room` is negative
 */
export function padRpc(rpc: Uint8Array, room: number): Uint8Array {
  if (!(room >= 0)) throw new OnionError('onion.bad-padding', { room })
  const padded = new Uint8Array(rpc.length + room).fill(0x20, rpc.length)
  padded.set(rpc)
  return padded
}

/** Powers of two from the smallest up to 128 KiB, then multiples of `step`. */
function bucket(size: number, smallest: number, step: number): number {
  let power = smallest
  while (power < size && power < 128 * KIB) power *= 2
  const target = size <= power ? power : step * Math.ceil(size / step)
  return target > MAX_ONION_SIZE ? size : target
}
