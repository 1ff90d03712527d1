import { expect, test } from 'vitest'
import { loadTargets } from '../fuzz/targets.ts'

const targets = [...(await loadTargets()).values()]

/** Damage to an input that is refused as it stands reaches nothing behind the first check. */
test.for(targets)('$name takes some input of its corpus', target => {
  expect(target.corpus.some(input => takes(bytes => target.run(bytes), input))).toBe(true)
})

function takes(run: (input: Uint8Array) => void, input: Uint8Array): boolean {
  try {
    run(input)
    return true
  } catch {
    return false
  }
}
