import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frameSize } from '../../src/attachments/frame-size.ts'
import { mayDecode } from '../../src/attachments/may-decode.ts'
import { fitted, panBy, zoomBy } from '../../src/attachments/zoom.ts'

test.for([
  { width: 4000, height: 3000, frame: { inline: 20, block: 15 } },
  { width: 1000, height: 2000, frame: { inline: 11, block: 22 } },
  { width: 160, height: 160, frame: { inline: 10, block: 10 } },
  { width: 1, height: 1, frame: { inline: 7, block: 7 } },
  { width: 100_000, height: 1, frame: { inline: 20, block: 7 } },
  { width: undefined, height: 5, frame: { inline: 16, block: 12 } },
  { width: -1, height: Number.NaN, frame: { inline: 16, block: 12 } },
  { width: 1, height: Infinity, frame: { inline: 16, block: 12 } },
])('a picture of $width by $height has its frame', ({ frame, height, width }) => {
  expect(frameSize(width, height)).toEqual(frame)
})

test('no frame is larger or smaller than there is room for', () => {
  fc.assert(
    fc.property(fc.double(), fc.double(), (width, height) => {
      const { block, inline } = frameSize(width, height)
      expect(inline >= 7 && inline <= 20 && block >= 7 && block <= 22).toBe(true)
    }),
  )
})

test('only pictures of a known size of 50 million pixels at most are unpacked', () => {
  expect(mayDecode({ width: 10_000, height: 5000 })).toBe(true)
  expect(mayDecode({ width: 10_000, height: 5001 })).toBe(false)
  expect(mayDecode({ width: undefined, height: 5 })).toBe(false)
  expect(mayDecode({ width: Number.NaN, height: 5 })).toBe(false)
  expect(mayDecode({})).toBe(false)
})

const room = { window: { width: 800, height: 600 }, picture: { width: 800, height: 400 } }

test('the point that is zoomed at stays where it is', () => {
  const { scale, x, y } = zoomBy({ scale: 2, x: 10, y: 0 }, 2, { x: 100, y: 50 }, room)
  expect(scale).toBe(4)
  // The point of the picture below the finger: before and after.
  expect((100 - x) / 4).toBeCloseTo((100 - 10) / 2)
  expect((50 - y) / 4).toBeCloseTo(50 / 2)
})

test('it becomes no smaller than its window, and lies in its middle then', () => {
  const far = panBy(zoomBy(fitted, 4, { x: 300, y: 0 }, room), 200, 200, room)
  expect(zoomBy(far, 0.01, { x: 5, y: 5 }, room)).toEqual(fitted)
})

test('no edge of it comes into the window that was outside', () => {
  const offset = fc.double({ min: -5000, max: 5000, noNaN: true })
  const factor = fc.double({ min: 0.01, max: 100, noNaN: true })
  fc.assert(
    fc.property(factor, offset, offset, offset, offset, (by, x, y, right, down) => {
      const lie = panBy(zoomBy(fitted, by, { x, y }, room), right, down, room)
      expect(lie.scale).toBeGreaterThanOrEqual(1)
      expect(lie.scale).toBeLessThanOrEqual(8)
      expect(Math.abs(lie.x)).toBeLessThanOrEqual(Math.max(0, (800 * lie.scale - 800) / 2) + 1e-9)
      expect(Math.abs(lie.y)).toBeLessThanOrEqual(Math.max(0, (400 * lie.scale - 600) / 2) + 1e-9)
    }),
  )
})
