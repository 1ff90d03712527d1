import { trimTail } from '../encoding/index.ts'
import { CommunityError } from './community-error.ts'

/** How a server keeps the data of a post: without its padding. Spec 40 §4.5. */
export interface StoredPost {
  readonly data: Uint8Array
  /** The length that came, to which `restorePadding` fills up. */
  readonly receivedLength: number
}

const TERMINATOR = 0x80

/**
 * Takes the padding off a post, a view: only data that ends in 0x80 and any number of zeros was padded, all other data is kept
 * as it is, so that `restorePadding` always gives back the bytes that were signed. Spec 40 §4.5, trap 12.
 */
export function stripPadding(received: Uint8Array): StoredPost {
  const trimmed = trimTail(received)
  const data = trimmed.at(-1) === TERMINATOR ? trimmed.subarray(0, -1) : received
  return { data, receivedLength: received.length }
}

/**
 * The bytes that came. Fresh, unless nothing had been taken off. Spec 40 §4.5.
 * @throws {CommunityError} `community.bad-size` if the data is longer than what came
 */
export function restorePadding({ data, receivedLength }: StoredPost): Uint8Array {
  if (receivedLength === data.length) return data
  if (!Number.isSafeInteger(receivedLength) || receivedLength < data.length) {
    throw new CommunityError('community.bad-size', { length: data.length, receivedLength })
  }
  const padded = new Uint8Array(receivedLength)
  padded.set(data)
  padded[data.length] = TERMINATOR
  return padded
}
