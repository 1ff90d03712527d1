import type { RandomBytes } from '@sotto/protocol/crypto'

const MASK = (1n << 64n) - 1n

/**
 * A source that gives the same bytes for the same seed on every platform: SplitMix64, each number eight bytes with the
 * lowest first. Draws share one stream, so two draws of four bytes are one of eight. For tests only: it hides nothing.
 */
export function seededRandom(seed: number | bigint): RandomBytes {
  let state = BigInt.asUintN(64, BigInt(seed))
  let left: readonly number[] = []
  const nextByte = (): number => {
    if (left.length === 0) {
      state = (state + 0x9e3779b97f4a7c15n) & MASK
      left = bytesOf(mix(state))
    }
    const [byte = 0, ...rest] = left
    left = rest
    return byte
  }
  return size => Uint8Array.from({ length: size }, nextByte)
}

/** A number from 0 to `bound` - 1, every one equally likely. `bound` is at most 2^32. */
export function randomBelow(random: RandomBytes, bound: number): number {
  const limit = 2 ** 32 - (2 ** 32 % bound)
  for (;;) {
    const drawn = random(4).reduceRight((value, byte) => value * 256 + byte, 0)
    if (drawn < limit) return drawn % bound
  }
}

function mix(state: bigint): bigint {
  const first = ((state ^ (state >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK
  const second = ((first ^ (first >> 27n)) * 0x94d049bb133111ebn) & MASK
  return second ^ (second >> 31n)
}

function bytesOf(value: bigint): readonly number[] {
  return Array.from({ length: 8 }, (_, at) => Number((value >> BigInt(8 * at)) & 0xffn))
}
