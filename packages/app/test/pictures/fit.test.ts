import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cropPart, fitInside, fitPreview, insideCrop, maxZoom, wholeCrop } from '../../src/pictures/fit.ts'

const side = fc.integer({ min: 1, max: 60_000 })
const size = fc.record({ width: side, height: side })
const crop = fc.record({
  x: fc.double({ min: -1, max: 2, noNaN: true }),
  y: fc.double({ min: -1, max: 2, noNaN: true }),
  zoom: fc.double({ min: 0, max: 9, noNaN: true }),
})

test('a picture keeps its shape and is made no larger', () => {
  expect(fitInside({ width: 8192, height: 4096 }, 4096)).toEqual({ width: 4096, height: 2048 })
  expect(fitInside({ width: 100, height: 50 }, 4096)).toEqual({ width: 100, height: 50 })
  expect(fitInside({ width: 50_000, height: 2 }, 4096)).toEqual({ width: 4096, height: 1 })
})

test('a preview has a short side of 200 pixels, unless it would be very long', () => {
  expect(fitPreview({ width: 4000, height: 3000 }, 200)).toEqual({ width: 267, height: 200 })
  expect(fitPreview({ width: 6000, height: 200 }, 200)).toEqual({ width: 600, height: 20 })
  expect(fitPreview({ width: 90, height: 60 }, 200)).toEqual({ width: 90, height: 60 })
})

test('no side is larger than asked for', () => {
  fc.assert(
    fc.property(size, each => {
      for (const [fitted, most] of [
        [fitInside(each, 4096), 4096],
        [fitPreview(each, 200), 600],
      ] as const) {
        expect(Math.max(fitted.width, fitted.height)).toBeLessThanOrEqual(most)
        expect(Math.min(fitted.width, fitted.height)).toBeGreaterThanOrEqual(1)
      }
    }),
  )
})

test('the first crop is the largest square in the middle', () => {
  expect(cropPart({ width: 300, height: 100 }, wholeCrop)).toEqual({ x: 100, y: 0, width: 100, height: 100 })
})

test('a crop never reaches over an edge', () => {
  fc.assert(
    fc.property(size, crop, (each, wanted) => {
      const { x, y, width, height } = cropPart(each, wanted)
      const almost = 1e-6 * Math.max(each.width, each.height)
      expect(width).toBe(height)
      expect(width).toBeGreaterThanOrEqual(Math.min(each.width, each.height) / maxZoom - almost)
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(-almost)
      expect(x + width).toBeLessThanOrEqual(each.width + almost)
      expect(y + height).toBeLessThanOrEqual(each.height + almost)
      expect(cropPart(each, insideCrop(each, wanted))).toEqual({ x, y, width, height })
    }),
  )
})
