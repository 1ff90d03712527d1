import { decodeQR } from 'qr/decode.js'
import { expect, test } from 'vitest'
import { qrPath } from '../../src/ui/qr-path.ts'

/** Paints the path, `scale` pixels for each module, and reads it as a camera would. */
function read({ edge, path }: ReturnType<typeof qrPath>, scale: number): string {
  const width = edge * scale
  const data = new Uint8ClampedArray(width * width * 4).fill(255)
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/gu)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      const from = row * width + Number(x) * scale
      for (let at = from; at < from + Number(length) * scale; at += 1) data.set([17, 17, 17, 255], at * 4)
    }
  }
  return decodeQR({ width, height: width, data })
}

test.for([
  '05b7f0c1d2a3948576e5d4c3b2a1908f7e6d5c4b3a29181706f5e4d3c2b1a09f8e',
  'https://example.org/#Größe',
  'x'.repeat(300),
])('what is drawn can be read: %s', text => {
  expect(read(qrPath(text), 4)).toBe(text)
})

test('four modules on every side are light', () => {
  const { edge, path } = qrPath('05')
  const at = [...path.matchAll(/M(\d+) (\d+)h(\d+)/gu)].map(([, x, y, length]) => [
    Number(x),
    Number(y),
    Number(length),
  ])
  for (const [x = 0, y = 0, length = 0] of at) {
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(4)
    expect(Math.max(x + length, y + 1)).toBeLessThanOrEqual(edge - 4)
  }
})
