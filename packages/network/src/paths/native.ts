import { HELD_RETRIEVE_CAPABILITY } from '@sotto/protocol/storage'
import { type NodeEntry } from '@sotto/registry'

/** Whether a node is one of ours, which can do more than the existing network. Architecture §4.7. */
export function isNative({ capabilities }: Pick<NodeEntry, 'capabilities'>): boolean {
  return capabilities.includes(HELD_RETRIEVE_CAPABILITY)
}
