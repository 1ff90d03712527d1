import { SottoError } from '../error/index.ts'

/** Codes of `SwarmError`; stable. No spec: the codes are ours. */
export type SwarmErrorCode =
  | 'swarm.bad-node-id'
  | 'swarm.bad-owner'
  | 'swarm.bad-swarm-id'
  | 'swarm.bad-address'
  | 'swarm.bad-draw'

const sentences: Readonly<Record<SwarmErrorCode, string>> = {
  'swarm.bad-node-id': 'This is not the id of a node: it needs 64 hexadecimal digits.',
  'swarm.bad-owner': 'This is not the id of an account: it needs 66 hexadecimal digits.',
  'swarm.bad-swarm-id': 'This is not the id of a swarm: it needs to be a whole number of 64 bits.',
  'swarm.bad-address': 'This is not the address of a node: it needs 52 letters and digits, then ".snode".',
  'swarm.bad-draw': 'A random choice needs at least one thing to choose from.',
}

/**
 * Thrown for names of nodes, swarms and their accounts that are not what they should be. No spec: the codes are ours.
 */
export class SwarmError extends SottoError<SwarmErrorCode> {
  override readonly name = 'SwarmError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
