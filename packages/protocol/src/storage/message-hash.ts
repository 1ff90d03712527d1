import { blake2b } from '../crypto/index.ts'
import { encodeBase64Unpadded, utf8Encode } from '../encoding/index.ts'
import { type SwarmOwner, swarmOwnerBytes } from '../swarm/index.ts'
import { type Namespace, namespaceText } from './namespace.ts'
import { StorageError } from './storage-error.ts'

declare const messageHash: unique symbol
/** 43 base64 characters without padding: how a swarm names a message. Spec 20 §3.4. */
export type MessageHash = string & { readonly [messageHash]: true }

/**
 * BLAKE2b-256 over prefix 1 ‖ key 32 ‖ namespace ‖ data. No time is in it: the same bytes are the same message. Spec 20 §3.4.
 */
export function hashMessage(owner: SwarmOwner, namespace: Namespace, data: Uint8Array): MessageHash {
  const hash = blake2b(32, swarmOwnerBytes(owner), utf8Encode(namespaceText(namespace)), data)
  return encodeBase64Unpadded(hash) as MessageHash
}

/**
 * Only that there are 43 base64 characters is checked, as nodes do. Spec 20 §3.2.
 * @throws {StorageError} `storage.bad-hash`
 */
export function parseMessageHash(text: string): MessageHash {
  if (text.length !== 43 || !/^[A-Za-z0-9+/]*$/.test(text)) {
    throw new StorageError('storage.bad-hash', { length: text.length })
  }
  return text as MessageHash
}

/** A copy in the order of ASCII, in which nodes sign lists of hashes. Spec 20 §3.8. */
export function sortHashes(hashes: Iterable<MessageHash>): MessageHash[] {
  return [...hashes].toSorted((a, b) => (a < b ? -1 : 1))
}
