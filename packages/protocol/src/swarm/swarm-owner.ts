import { type AccountId, type GroupId } from '../account/index.ts'
import { decodeHex, encodeHex } from '../encoding/index.ts'
import { SwarmError } from './swarm-error.ts'

declare const otherOwner: unique symbol
/**
 * Whose messages a swarm keeps: 66 lower-case hex digits, a prefix byte and a 32-byte key. Users have 05, groups 03, but
 * nodes take any prefix. Spec 20 §3.2.
 */
export type SwarmOwner = AccountId | GroupId | (string & { readonly [otherOwner]: true })

/**
 * Case is folded: both spellings are the same owner. Nothing else is forgiven. Spec 20 §3.2.
 * @throws {SwarmError} `swarm.bad-owner`
 */
export function parseSwarmOwner(text: string): SwarmOwner {
  if (text.length !== 66 || !/^[0-9a-fA-F]*$/.test(text)) {
    throw new SwarmError('swarm.bad-owner', { length: text.length })
  }
  return text.toLowerCase() as SwarmOwner
}

/** Spec 20 §3.2. @throws {SwarmError} `swarm.bad-owner` unless there are 33 bytes */
export function swarmOwnerOf(bytes: Uint8Array): SwarmOwner {
  if (bytes.length !== 33) throw new SwarmError('swarm.bad-owner', { length: bytes.length })
  return encodeHex(bytes) as SwarmOwner
}

/** Prefix byte 1 ‖ key 32. A fresh array. Spec 20 §3.4. */
export function swarmOwnerBytes(owner: SwarmOwner): Uint8Array {
  return decodeHex(owner)
}

/** The first byte: 0x05 for users, 0x03 for groups. Spec 10 §1.2. */
export function swarmOwnerPrefix(owner: SwarmOwner): number {
  return Number.parseInt(owner.slice(0, 2), 16)
}
