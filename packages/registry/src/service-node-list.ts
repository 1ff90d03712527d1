import { type NameRecord } from '@sotto/protocol/names'
import { type NodeEntry } from './node-entry.ts'

/** All nodes of a network at one moment. Never changed; a new moment is a new list. Spec 60 §11. */
export interface ServiceNodeList {
  /** Rises with every list: sequence number of a static file, height on a chain. */
  readonly number: bigint
  /** 32 bytes that tell lists apart: BLAKE2b of a static file's payload, the block hash on a chain. A view. */
  readonly hash: Uint8Array
  /** When the list was made, Unix ms. */
  readonly timestamp: number
  readonly nodes: readonly NodeEntry[]
  /** Registered names: 64 lower-case hex digits of the name's hash → the encrypted account id. Spec 60 §8. */
  readonly names: ReadonlyMap<string, NameRecord>
}
