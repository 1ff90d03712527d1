import { encodeUint64BigEndian } from '@sotto/protocol/encoding'
import { type MessageHash, parseMessageHash } from '@sotto/protocol/storage'
import { type SwarmOwner, swarmOwnerOf, swarmSpace } from '@sotto/protocol/swarm'

// Node's own conversions: they are several times faster than those that run anywhere, and here they are most of a read.

/**
 * The 32 bytes that a hash spells. `undefined` for texts that are not the one spelling of any: nothing is stored under them.
 * Spec 20 §3.4.
 */
export function hashKey(hash: string): Uint8Array | undefined {
  if (hash.length !== 43) return undefined
  const key = Buffer.from(hash, 'base64')
  return key.length === 32 && spelling(key) === hash ? key : undefined
}

/** The hash that 32 bytes of the database stand for. */
export function hashOf(key: Uint8Array): MessageHash {
  return parseMessageHash(spelling(Buffer.from(key.buffer, key.byteOffset, key.length)))
}

function spelling(key: Buffer): string {
  return key.toString('base64').slice(0, 43)
}

/** Prefix byte 1 ‖ key 32. */
export function accountKey(owner: SwarmOwner): Uint8Array {
  return Buffer.from(owner, 'hex')
}

/** The owner that 33 bytes of the database stand for. */
export function ownerOf(account: Uint8Array): SwarmOwner {
  return swarmOwnerOf(account)
}

/** Place on the ring, 8 bytes big-endian. Spec 20 §2.1. */
export function spaceKey(owner: SwarmOwner): Uint8Array {
  return encodeUint64BigEndian(swarmSpace(owner))
}
