import { SottoError } from '@sotto/protocol/error'

/** Codes of `ReplicaError`; stable. */
export type ReplicaErrorCode =
  | 'replica.malformed'
  | 'replica.bad-hash'
  | 'replica.other-swarm'
  | 'replica.not-asked-for'
  | 'replica.refused'

const sentences: Readonly<Record<ReplicaErrorCode, string>> = {
  'replica.malformed': 'Another node sent a copy that is not what it should be.',
  'replica.bad-hash': 'Another node sent a message under a name that is not its own.',
  'replica.other-swarm': 'Another node sent a message of an account that is not served here.',
  'replica.not-asked-for': 'Another node sent something that it was not asked for.',
  'replica.refused': 'Another node does not give or take copies now.',
}

/** What goes wrong while members copy messages from each other. */
export class ReplicaError extends SottoError<ReplicaErrorCode> {
  override readonly name = 'ReplicaError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
