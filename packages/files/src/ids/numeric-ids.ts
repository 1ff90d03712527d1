import { type FileId, parseFileId } from '@sotto/protocol/attachment'
import { type RandomBytes } from '@sotto/protocol/crypto'

const bits = 53

/** Which numbers a server gives. Several servers over one storage have each their own. Spec 40 §8.2. */
export interface NumericIds {
  /** How many of the top bits are fixed, at most 16. */
  readonly fixedBits: number
  /** What they are, as a number below 2^fixedBits. */
  readonly prefix: number
}

/** A random number of 53 bits, its top bits as they are fixed, as an id. */
export function drawNumericId(random: RandomBytes, { fixedBits, prefix }: NumericIds): FileId {
  const free = BigInt(bits - fixedBits)
  const drawn = random(7).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) & ((1n << free) - 1n)
  return parseFileId(String((BigInt(prefix) << free) | drawn))
}
