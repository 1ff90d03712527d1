import { expect, test } from 'vitest'
import { isMedia, isPicture, judgeFiles } from '../../src/attach/judge-files.ts'

const none = { media: 0, others: 0 }
const photo = { type: 'image/jpeg', size: 1000 }
const film = { type: 'video/mp4', size: 1000 }
const paper = { type: 'application/pdf', size: 1000 }
const many = (count: number) => Array.from({ length: count }, () => photo)
const judged = (staged: typeof none, files: readonly (typeof photo)[], limitBytes = 10_000_000) => {
  const { taken, problems } = judgeFiles(staged, files, limitBytes)
  return [taken.length, ...problems]
}

test('pictures and videos go together, 32 at most', () => {
  expect(judged(none, [photo, film])).toEqual([2])
  expect(judged(none, many(32))).toEqual([32])
  expect(judged(none, many(33))).toEqual([32, 'too-many'])
  expect(judged({ media: 31, others: 0 }, many(3))).toEqual([1, 'too-many'])
})

test('any other file goes alone', () => {
  expect(judged(none, [paper])).toEqual([1])
  expect(judged(none, [paper, paper])).toEqual([1, 'mixed'])
  expect(judged(none, [photo, paper])).toEqual([1, 'mixed'])
  expect(judged({ media: 0, others: 1 }, [photo])).toEqual([0, 'mixed'])
  expect(judged({ media: 1, others: 0 }, [paper])).toEqual([0, 'mixed'])
})

test('ten million bytes are taken, one more is not', () => {
  expect(judged(none, [{ ...paper, size: 10_000_000 }])).toEqual([1])
  expect(judged(none, [{ ...paper, size: 10_000_001 }])).toEqual([0, 'too-large'])
  expect(judged(none, [{ ...film, size: 10_000_001 }])).toEqual([0, 'too-large'])
})

test('where more can be sent more is taken, but for pictures, which are made smaller', () => {
  const most = 200_000_000
  expect(judged(none, [{ ...film, size: most }], most)).toEqual([1])
  expect(judged(none, [{ ...paper, size: most + 1 }], most)).toEqual([0, 'too-large'])
  expect(judged(none, [{ ...photo, size: 64_000_001 }], most)).toEqual([0, 'too-large'])
})

test('pictures may be larger, as they are made smaller', () => {
  expect(judged(none, [{ ...photo, size: 10_000_001 }])).toEqual([1])
  expect(judged(none, [{ ...photo, size: 64_000_001 }])).toEqual([0, 'too-large'])
  expect(judged(none, [{ type: 'image/svg+xml', size: 10_000_001 }])).toEqual([0, 'too-large'])
})

test('empty files are not taken, and each problem is said once', () => {
  const empty = { ...photo, size: 0 }
  expect(judged(none, [empty, photo, empty])).toEqual([1, 'empty'])
})

test('a drawing in SVG is a document', () => {
  expect([isMedia('image/svg+xml'), isPicture('image/svg+xml')]).toEqual([false, false])
  expect([isMedia('video/webm'), isPicture('video/webm')]).toEqual([true, false])
  expect([isMedia(''), isMedia('audio/mpeg'), isMedia('image/heic')]).toEqual([false, false, true])
})
