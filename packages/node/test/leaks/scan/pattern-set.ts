import { type Pattern } from './canary.ts'

/** Where a pattern stands. */
export interface Found {
  readonly pattern: Pattern
  readonly at: number
}

const tableBits = 20
const windowBytes = 4

/** Finds any of thousands of patterns in one pass: a window of four bytes says where a closer look is worth it. */
export class PatternSet {
  readonly #byWindow = new Map<number, Pattern[]>()
  readonly #table = new Uint8Array(2 ** tableBits)

  /** Patterns have at least 4 bytes. */
  constructor(patterns: readonly Pattern[]) {
    for (const pattern of patterns) {
      if (pattern.bytes.length < windowBytes) throw new RangeError('a pattern is shorter than the window')
      const window = new DataView(pattern.bytes.slice().buffer).getUint32(0)
      this.#table[slot(window)] = 1
      this.#byWindow.set(window, [...(this.#byWindow.get(window) ?? []), pattern])
    }
  }

  /** The first place of each pattern that is there. */
  find(bytes: Uint8Array): readonly Found[] {
    const found = new Map<Pattern, number>()
    let window = 0
    for (let end = 0; end < bytes.length; end++) {
      window = ((window << 8) | (bytes[end] ?? 0)) >>> 0
      if (end < windowBytes - 1 || this.#table[slot(window)] === 0) continue
      const at = end - windowBytes + 1
      for (const pattern of this.#byWindow.get(window) ?? []) {
        if (!found.has(pattern) && startsWith(bytes, pattern.bytes, at)) found.set(pattern, at)
      }
    }
    return Array.from(found, ([pattern, at]) => ({ pattern, at }))
  }
}

function slot(window: number): number {
  return Math.imul(window, 0x9e3779b1) >>> (32 - tableBits)
}

function startsWith(bytes: Uint8Array, pattern: Uint8Array, at: number): boolean {
  if (at + pattern.length > bytes.length) return false
  for (let each = windowBytes; each < pattern.length; each++) if (bytes[at + each] !== pattern[each]) return false
  return true
}
