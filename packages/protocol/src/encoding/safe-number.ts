import { EncodingError } from './encoding-error.ts'

/**
 * A 64-bit wire number as a `number`, when that loses nothing. Spec 70 §6.1.
 * @throws {EncodingError} `encoding.out-of-range` past ±(2^53 - 1)
 */
export function toSafeNumber(value: bigint): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new EncodingError('encoding.out-of-range')
  return number
}
