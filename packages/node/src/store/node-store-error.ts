import { SottoError } from '@sotto/protocol/error'
import { DatabaseError, type DatabaseErrorCode } from '@sotto/server'

/** Codes of `NodeStoreError`; stable. */
export type NodeStoreErrorCode =
  | 'node-store.full'
  | 'node-store.box-full'
  | 'node-store.io'
  | 'node-store.unsynced'
  | 'node-store.corrupt'
  | 'node-store.overloaded'
  | 'node-store.closed'
  | 'node-store.failed'

const sentences: Readonly<Record<NodeStoreErrorCode, string>> = {
  'node-store.full': 'The node has no room left for messages.',
  'node-store.box-full': 'This account has as many waiting messages as the node keeps for one.',
  'node-store.io': 'The disk could not be read or written.',
  'node-store.unsynced': 'The disk did not confirm that it keeps what was written; the node has to start again.',
  'node-store.corrupt': 'The database of the node is damaged.',
  'node-store.overloaded': 'More is to be written than the disk can take; try again later.',
  'node-store.closed': 'The database of the node is closed.',
  'node-store.failed': 'The database of the node did not do what it was asked.',
}

/** Thrown by the store of a node. Nothing of the failed request has happened. Spec 70 §8, D10. */
export class NodeStoreError extends SottoError<NodeStoreErrorCode> {
  override readonly name = 'NodeStoreError'

  override get sentence(): string {
    return sentences[this.code]
  }
}

const meanings: Readonly<Partial<Record<DatabaseErrorCode, NodeStoreErrorCode>>> = {
  'database.full': 'node-store.full',
  'database.io': 'node-store.io',
  'database.read-only': 'node-store.io',
  'database.corrupt': 'node-store.corrupt',
  'database.overloaded': 'node-store.overloaded',
  'database.closed': 'node-store.closed',
}

/** What the database threw, in the words of the store. The original is the cause. */
export function nodeStoreErrorOf(error: unknown): NodeStoreError {
  if (error instanceof NodeStoreError) return error
  if (!(error instanceof DatabaseError)) return new NodeStoreError('node-store.failed', {}, { cause: error })
  const isUnsynced = error.code === 'database.io' && error.detail['sync'] === true
  const code = isUnsynced ? 'node-store.unsynced' : (meanings[error.code] ?? 'node-store.failed')
  return new NodeStoreError(code, {}, { cause: error })
}
