import { type NameRecord } from '@sotto/protocol/names'
import { type NodeEntry } from '../node-entry.ts'

/** What a static list says besides its nodes and names. Spec 60 §14. */
export interface RegistryHeader {
  /** Which network: a list of another one never replaces this. 1 to 64 bytes. */
  readonly networkId: string
  /** Rises with every list of the network. */
  readonly sequence: bigint
  /** When the list was made, Unix ms; a whole second. */
  readonly createdAt: number
  /** From when on it must not be used any more, Unix ms, a whole second; `undefined`: never. */
  readonly validUntil: number | undefined
  /** How many trusted signers must have signed, at least 1. A program's own settings can ask for more, not for fewer. */
  readonly requiredSignatures: number
  /** Parameters that differ from their defaults, by the names of spec 60 §15; durations in seconds. */
  readonly parameters: ReadonlyMap<string, bigint>
  /** Who may sign the next list, as 32-byte keys: for people to read. Programs trust only keys of their own settings. */
  readonly signers: readonly Uint8Array[]
}

/** All that a static list says. */
export interface RegistryContents extends RegistryHeader {
  readonly nodes: readonly NodeEntry[]
  /** 64 lower-case hex digits of the name's hash → the encrypted account id. Spec 60 §8. */
  readonly names: ReadonlyMap<string, NameRecord>
}
