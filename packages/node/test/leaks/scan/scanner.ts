import { type Canary, type EncodingName } from './canary.ts'
import { patternsOf } from './encodings.ts'
import { inflateAll } from './inflate.ts'
import { PatternSet } from './pattern-set.ts'

/** Bytes that were caught somewhere, and where. */
export interface Capture {
  readonly source: string
  readonly bytes: Uint8Array
}

/** A canary where something of it was found. */
export interface Hit {
  readonly canary: string
  readonly encoding: EncodingName
  readonly source: string
  readonly at: number
  /** How many compressed streams lie around it. */
  readonly depth: number
}

const maxDepth = 2

/** Looks for canaries in every encoding, also inside of compressed streams. Spec 70 §4. */
export class Scanner {
  readonly #patterns: PatternSet

  constructor(canaries: readonly Canary[]) {
    this.#patterns = new PatternSet(canaries.flatMap(patternsOf))
  }

  /** Everything that is found, each canary once per capture and encoding. */
  scan(captures: readonly Capture[]): readonly Hit[] {
    return captures.flatMap(({ source, bytes }) => this.#scan(source, bytes, 0))
  }

  #scan(source: string, bytes: Uint8Array, depth: number): readonly Hit[] {
    const own = this.#patterns
      .find(bytes)
      .map(({ pattern: { canary, encoding }, at }) => ({ canary, encoding, source, at, depth }))
    if (depth === maxDepth) return own
    return [...own, ...inflateAll(bytes).flatMap(inner => this.#scan(source, inner, depth + 1))]
  }
}
