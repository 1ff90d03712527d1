import { compareBytes } from '../encoding/index.ts'
import { NameServiceError } from './name-service-error.ts'
import { type NameRecord } from './lookup.ts'

/** How many nodes are asked for a name, independently of each other; all of them have to answer. Spec 10 §8. */
export const NAME_ANSWERS = 3

/**
 * What all nodes that were asked say of a name: one record, or that it is not registered (`undefined`). One node that answers
 * otherwise, or not at all, and nothing is known: a single node can refuse a name, but cannot give it away. Spec 10 §8.
 * @throws {NameServiceError} `names.too-few-answers`, `names.disagreement`
 */
export function agreeOnName(answers: readonly (NameRecord | undefined)[]): NameRecord | undefined {
  if (answers.length < NAME_ANSWERS) throw new NameServiceError('names.too-few-answers', { answers: answers.length })
  const [first, ...others] = answers
  if (!others.every(other => isSame(first, other))) throw new NameServiceError('names.disagreement')
  return first
}

function isSame(a: NameRecord | undefined, b: NameRecord | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return sameBytes(a.encryptedValue, b.encryptedValue) && sameBytes(a.nonce, b.nonce)
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : compareBytes(a, b) === 0
}
