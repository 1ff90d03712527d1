import type { RandomBytes } from '@sotto/protocol/crypto'

/** A source that gives listed draws, and can tell whether all of them were taken. */
export interface ReplayRandom {
  readonly random: RandomBytes
  /** Throws if some of the listed draws were not taken: then the code under test draws less than the test thinks. */
  readonly assertExhausted: () => void
}

/**
 * Gives the listed blocks, one per draw and in their order, as copies. A draw of another size or past the end of the
 * list throws: known answers hold only for exactly these draws.
 */
export function replayRandom(blocks: readonly Uint8Array[]): ReplayRandom {
  let taken = 0
  const random = (size: number): Uint8Array => {
    const block = blocks[taken]
    if (block === undefined) throw new Error(`draw ${taken} of ${size} bytes: only ${blocks.length} were listed`)
    if (block.length !== size) throw new Error(`draw ${taken} is of ${size} bytes: ${block.length} were listed`)
    taken += 1
    return Uint8Array.from(block)
  }
  const assertExhausted = (): void => {
    if (taken < blocks.length) throw new Error(`${taken} of ${blocks.length} listed draws were taken`)
  }
  return { random, assertExhausted }
}
