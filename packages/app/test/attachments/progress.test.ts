import { expect, test } from 'vitest'
import { heardShare, progressOf } from '../../src/attachments/progress.ts'

test('what is done is told in bytes of the file, not of what it travels in', () => {
  const view = { attachment: 1, doneBytes: 5_250_000, totalBytes: 10_500_000 }
  expect(progressOf(view, 8_400_000)).toEqual({ share: 0.5, doneBytes: 4_200_000, wholeBytes: 8_400_000 })
  expect(progressOf(view, undefined)).toEqual({ share: 0.5, doneBytes: 5_250_000, wholeBytes: 10_500_000 })
})

test('nothing is said where nothing is known', () => {
  expect(progressOf(undefined, 100)).toBeUndefined()
  expect(progressOf({ attachment: 1, doneBytes: 0, totalBytes: 0 }, 100)).toBeUndefined()
})

test('no more than the whole is ever done', () => {
  expect(progressOf({ attachment: 1, doneBytes: 30, totalBytes: 20 }, 100)?.share).toBe(1)
})

test('who listens hears quarters', () => {
  const heard = [0, 0.24, 0.25, 0.6, 0.99, 1].map(share => heardShare({ share, doneBytes: 0, wholeBytes: 0 }))
  expect(heard).toEqual([0, 0, 0.25, 0.5, 0.75, 1])
})
