import fc from 'fast-check'
import { expect } from 'vitest'
import { stripFile } from '../../src/attachments/strip-file.ts'

/** A file that is damaged or cut keeps its length; it is stripped wholly, so that nothing is left to strip, or not at all. */
export function expectWholeOrNothing(full: Uint8Array): void {
  fc.assert(
    fc.property(fc.nat(full.length - 1), fc.nat(255), fc.nat(full.length), (at, byte, end) => {
      const changed = Uint8Array.from(full)
      changed[at] = byte
      for (const damaged of [changed, full.slice(0, end)]) {
        const { bytes, isStripped } = stripFile(damaged)
        expect(bytes.length).toBe(damaged.length)
        if (isStripped) expect(stripFile(bytes)).toEqual({ bytes, isStripped: true })
        else expect(bytes).toBe(damaged)
      }
    }),
    { numRuns: 300 },
  )
}
