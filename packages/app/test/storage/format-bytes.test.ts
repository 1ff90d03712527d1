import { expect, test } from 'vitest'
import { formatBytes } from '../../src/storage/format-bytes.ts'

test.for([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [999_499, '999 kB'],
  [999_500, '1 MB'],
  [3_240_000, '3.2 MB'],
  [32_400_000, '32 MB'],
  [5_000_000_000, '5 GB'],
  [5e15, '5,000 TB'],
  [-1, '0 bytes'],
] as const)('%d bytes are %s', ([bytes, shown]) => {
  expect(formatBytes('en', bytes)).toBe(shown)
})

test('in the language of the app', () => {
  expect(formatBytes('de', 3_240_000)).toBe('3,2 MB')
})
