import { decodeBase64, encodeBase64Unpadded, encodeUint64BigEndian, EncodingError } from '@sotto/protocol/encoding'
import { type MessageHash, parseMessageHash } from '@sotto/protocol/storage'
import { type SwarmOwner, swarmOwnerOf, swarmSpace } from '@sotto/protocol/swarm'

/**
 * The 32 bytes that a hash spells. `undefined` for texts that are not the one spelling of any: nothing is stored under them.
 * Spec 20 §3.4.
 */
export function hashKey(hash: string): Uint8Array | undefined {
  if (hash.length !== 43) return undefined
  try {
    return decodeBase64(hash, { padding: 'none' })
  } catch (error) {
    if (error instanceof EncodingError) return undefined
    throw error
  }
}

/** The hash that 32 bytes of the database stand for. */
export function hashOf(key: Uint8Array): MessageHash {
  return parseMessageHash(encodeBase64Unpadded(key))
}

/** The owner that 33 bytes of the database stand for. */
export function ownerOf(account: Uint8Array): SwarmOwner {
  return swarmOwnerOf(account)
}

/** Place on the ring, 8 bytes big-endian. Spec 20 §2.1. */
export function spaceKey(owner: SwarmOwner): Uint8Array {
  return encodeUint64BigEndian(swarmSpace(owner))
}
