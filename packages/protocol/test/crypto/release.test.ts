import { expect, test } from 'vitest'
import { releaseBytes } from '../../src/crypto/index.ts'

test('large bytes and all their views are empty afterwards', () => {
  const bytes = new Uint8Array(10_000).fill(7)
  const view = bytes.subarray(100)
  releaseBytes(bytes)
  expect([bytes.length, bytes.buffer.byteLength, view.length]).toEqual([0, 0, 0])
})

test('what is small, or a part of its memory, stays', () => {
  const small = new Uint8Array(100).fill(7)
  const whole = new Uint8Array(10_000).fill(7)
  releaseBytes(small)
  releaseBytes(whole.subarray(1))
  releaseBytes(whole.subarray(0, -1))
  expect(small).toEqual(new Uint8Array(100).fill(7))
  expect(whole).toEqual(new Uint8Array(10_000).fill(7))
})
