import { systemRandom } from '@sotto/server'
import { expect, test } from 'vitest'

test('bytes are as many as were asked for, belong to whoever asked, and never come again', () => {
  const seen = new Set<string>()
  const sizes = [24, 12, 64, 65, 16, 5000, 33]
  for (let round = 0; round < 200; round++) {
    for (const size of sizes) {
      const drawn = systemRandom(size)
      expect(drawn).toHaveLength(size)
      expect(drawn.buffer.byteLength).toBe(size)
      expect(drawn.constructor).toBe(Uint8Array)
      seen.add(drawn.join())
      drawn.fill(0)
    }
  }
  expect(seen.size).toBe(200 * sizes.length)
  expect(systemRandom(0)).toHaveLength(0)
})

test('every byte of a draw is drawn', () => {
  for (const size of [1, 7, 64, 65]) {
    const isSet = new Uint8Array(size)
    for (let round = 0; round < 64; round++) {
      for (const [at, byte] of systemRandom(size).entries()) isSet[at] = (isSet[at] ?? 0) | byte
    }
    // A byte that stays zero for 64 draws is not drawn: by chance that is one case in 2^512.
    expect(isSet.every(byte => byte > 0)).toBe(true)
  }
})
