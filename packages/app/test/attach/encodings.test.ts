import { expect, test } from 'vitest'
import { encodingsOf, renamed } from '../../src/attach/encodings.ts'

const types = (...args: Parameters<typeof encodingsOf>) => [...new Set(encodingsOf(...args).map(({ type }) => type))]

test('a photo becomes a JPEG, whatever it was', () => {
  for (const type of ['image/jpeg', 'image/webp', 'image/avif', 'image/bmp'] as const) {
    expect(types({ type, hasAlpha: false })).toEqual(['image/jpeg'])
  }
})

test('a small drawing stays a PNG, a large one does not', () => {
  const [first, second] = encodingsOf({ type: 'image/png', hasAlpha: false })
  expect(first).toEqual({ type: 'image/png', maxBytes: 3_000_000 })
  expect(second?.type).toBe('image/jpeg')
})

test('what can be seen through stays so', () => {
  expect(types({ type: 'image/png', hasAlpha: true })).toEqual(['image/png', 'image/webp'])
  expect(types({ type: 'image/webp', hasAlpha: true })).toEqual(['image/webp'])
  expect(types({ type: 'image/avif', hasAlpha: true })).toEqual(['image/webp'])
})

test('nothing is larger than a message can carry', () => {
  for (const type of ['image/png', 'image/jpeg', 'image/webp'] as const) {
    for (const hasAlpha of [true, false]) {
      for (const { maxBytes } of encodingsOf({ type, hasAlpha })) expect(maxBytes).toBeLessThanOrEqual(10_000_000)
    }
  }
})

test.for([
  ['IMG_1.HEIC.jpeg', 0xff, 'IMG_1.HEIC.jpeg'],
  ['photo.JPG', 0xff, 'photo.JPG'],
  ['screen.png', 0xff, 'screen.jpg'],
  ['screen.png', 0x89, 'screen.png'],
  ['logo.avif', 0x52, 'logo.webp'],
  ['no ending', 0xff, 'no ending.jpg'],
] as const)('%s that begins with %i is called %s', ([name, first, expected]) => {
  expect(renamed(name, new Uint8Array([first]))).toBe(expected)
})
