import { ed25519PublicKey } from '@sotto/protocol/crypto'
import { utf8Encode } from '@sotto/protocol/encoding'
import {
  hashMessage,
  type Namespace,
  type SubaccountToken,
  toNamespace,
  toSubaccountToken,
} from '@sotto/protocol/storage'
import { type NodeId, nodeIdOf, type SwarmOwner, swarmOwnerOf } from '@sotto/protocol/swarm'
import { defaultStoreLimits, type NewMessage, type StoreLimits, wholeRing } from '../../src/index.ts'

/** The middle of 2026. */
export const NOW = 1_782_000_000_000
export const SECOND = 1000
export const DAY = 86_400_000

/** Small databases of tests. */
export const testLimits: StoreLimits = { ...defaultStoreLimits, maxBytes: 256 * 1024 * 1024 }

export { wholeRing }

/** Some account; its place on the ring depends on the number. */
export function ownerNumber(number: number): SwarmOwner {
  const bytes = new Uint8Array(33).fill(number * 37 + 11)
  bytes[0] = 5
  bytes[1] = number
  bytes[9] = number * 91
  return swarmOwnerOf(bytes)
}

/** Some node. */
export function peerNumber(number: number): NodeId {
  return nodeIdOf(ed25519PublicKey(new Uint8Array(32).fill(number)))
}

/** Some token. */
export function tokenNumber(number: number): SubaccountToken {
  const bytes = new Uint8Array(36)
  bytes.set([5, 7, 0, 0, number, number >> 8])
  return toSubaccountToken(bytes)
}

/** What a message of a test consists of. */
export interface Sample {
  readonly owner?: number
  readonly namespace?: number
  readonly text?: string
  readonly timestamp?: number
  readonly expiry?: number
}

/** A message of a small text; by default stored now for a day in the inbox. */
export function message({
  owner = 0,
  namespace = 0,
  text = 'a',
  timestamp = NOW,
  expiry = NOW + DAY,
}: Sample = {}): NewMessage {
  const account = ownerNumber(owner)
  const box: Namespace = toNamespace(namespace)
  const data = utf8Encode(text)
  return { owner: account, namespace: box, hash: hashMessage(account, box, data), timestamp, expiry, data }
}
