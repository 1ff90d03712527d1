import { findChromium } from '../chromium/find-chromium.ts'
import type { Part } from './part.ts'

/** A part that needs a browser. Without one it counts as one skipped test and says so. */
export function inChromium(part: Part, find: () => string | undefined = findChromium): Part {
  return {
    name: part.name,
    run: async root => {
      if (find() !== undefined) return part.run(root)
      const output = `SKIPPED: ${part.name}: no Chromium was found. Install one, or set CHROMIUM to its path.\n`
      return { counts: { passed: 0, failed: 0, skipped: 1 }, output }
    },
  }
}
