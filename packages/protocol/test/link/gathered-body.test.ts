import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concatBytes } from '../../src/encoding/index.ts'
import { GatheredBody } from '../../src/link/index.ts'

const anyPiece = fc
  .tuple(fc.oneof(fc.nat({ max: 100 }), fc.nat({ max: 40_000 })), fc.nat({ max: 255 }))
  .map(([length, value]) => new Uint8Array(length).fill(value))

test('gives all pieces in their order, whatever becomes of those after the first', () => {
  fc.assert(
    fc.property(fc.array(anyPiece, { maxLength: 30 }), fc.boolean(), (pieces, isAnnounced) => {
      const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
      let reserved = 0
      const body = new GatheredBody(isAnnounced ? length : 2_000_000, bytes => {
        reserved += bytes
        return true
      })
      for (const [at, piece] of pieces.entries()) {
        const lent = piece.slice()
        expect(body.add(lent)).toBe(true)
        if (at > 0) lent.fill(0xee)
        expect(reserved).toBeLessThanOrEqual(Math.max(65_536, 4 * body.length))
        if (isAnnounced) expect(reserved).toBeLessThanOrEqual(length)
      }
      expect(body.length).toBe(length)
      expect(body.finish()).toEqual(concatBytes(...pieces))
    }),
    { numRuns: 50 },
  )
})

test('an announced body of many pieces lies in memory of exactly its size', () => {
  const body = new GatheredBody(1_000_000, () => true)
  for (let at = 0; at < 100; at++) body.add(new Uint8Array(10_000).fill(at))
  expect(body.isOwn).toBe(true)
  expect(body.finish().buffer.byteLength).toBe(1_000_000)
})

test('one piece is not copied', () => {
  const body = new GatheredBody(100, () => true)
  const piece = new Uint8Array(100)
  body.add(piece)
  expect(body.isOwn).toBe(false)
  expect(body.finish()).toBe(piece)
})

test('more than may come is not taken', () => {
  const body = new GatheredBody(10, () => true)
  expect([body.add(new Uint8Array(11)), body.add(new Uint8Array(6)), body.add(new Uint8Array(5))]).toEqual([
    false,
    true,
    false,
  ])
  expect(body.add(new Uint8Array(4).fill(1))).toBe(true)
  expect(body.finish()).toEqual(Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 1, 1, 1))
})

test('nothing is set aside where there is no room', () => {
  let room = 1000
  const body = new GatheredBody(1_000_000, bytes => {
    if (bytes > room) return false
    room -= bytes
    return true
  })
  expect(body.add(new Uint8Array(900))).toBe(true)
  expect([body.add(new Uint8Array(50)), room, body.length]).toEqual([false, 100, 900])
})
