import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ImageHeader, readImageHeader } from '../../../src/attachments/images/image-header.ts'

const latin = (text: string) => Buffer.from(text, 'latin1')
const u16 = (value: number) => latin(String.fromCharCode(value >> 8, value & 255))
const u32 = (value: number) => Buffer.concat([u16(value >>> 16), u16(value & 0xffff)])
const little = (bytes: Buffer) => Buffer.from(bytes.toReversed())
const join = (...parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts))
const chunk = (name: string, data: Buffer) => join(u32(data.length), latin(name), data, u32(0))

const pngOf = (colours: number, ...chunks: readonly Uint8Array[]) =>
  join(
    latin('\x89PNG\r\n\x1a\n'),
    chunk(
      'IHDR',
      Buffer.concat([u32(640), u32(480), latin('\x08'), latin(String.fromCharCode(colours)), latin('\0\0\0')]),
    ),
    ...chunks,
    chunk('IDAT', latin('pixels')),
  )
const segment = (marker: number, data: Buffer) => join(u16(marker), u16(data.length + 2), data)
const jpeg = join(
  u16(0xffd8),
  segment(0xffe1, latin('Exif\0\0 with a place')),
  segment(0xffc4, latin('tables')),
  latin('\xff'),
  segment(0xffc2, Buffer.concat([latin('\x08'), u16(480), u16(640), latin('\x03')])),
)
const riff = (name: string, data: Buffer) =>
  join(latin('RIFF'), little(u32(data.length + 12)), latin('WEBP'), latin(name), little(u32(data.length)), data)
const threeBytes = (value: number) => little(u32(value)).subarray(0, 3)
const webpX = (flags: number) =>
  riff('VP8X', Buffer.concat([latin(String.fromCharCode(flags)), latin('\0\0\0'), threeBytes(639), threeBytes(479)]))
const lossless = riff(
  'VP8L',
  Buffer.concat([latin('\x2f'), little(u32(639 | (479 << 14) | (1 << 28))), latin('\0\0\0\0')]),
)
const lossy = riff(
  'VP8 ',
  Buffer.concat([latin('\0\0\0\x9d\x01\x2a'), little(u16(640)), little(u16(480)), latin('\0\0\0\0')]),
)
const box = (name: string, data: Buffer) => join(u32(data.length + 8), latin(name), data)
const ispe = (width: number, height: number) =>
  Buffer.from(box('ispe', Buffer.concat([u32(0), u32(width), u32(height)])))
const avif = (brand: string) =>
  join(box('ftyp', Buffer.concat([latin(brand), u32(0)])), ispe(64, 48), ispe(640, 480), latin('the rest'))
const gif = join(latin('GIF89a'), little(u16(640)), little(u16(480)), latin('\0\0\0'))
const bmp = join(
  latin('BM'),
  Buffer.alloc(12),
  little(u32(40)),
  little(u32(640)),
  little(u32(0x100000000 - 480)),
  latin('\x01\0\x18\0'),
)

const still = { width: 640, height: 480, isAnimated: false, hasAlpha: false }
const pictures: readonly (readonly [string, Uint8Array, ImageHeader])[] = [
  ['a PNG', pngOf(2), { ...still, type: 'image/png' }],
  ['a PNG with alpha', pngOf(6), { ...still, type: 'image/png', hasAlpha: true }],
  [
    'a PNG with a transparent colour',
    pngOf(3, chunk('tRNS', latin('x'))),
    { ...still, type: 'image/png', hasAlpha: true },
  ],
  ['a PNG that moves', pngOf(2, chunk('acTL', Buffer.alloc(8))), { ...still, type: 'image/png', isAnimated: true }],
  ['a JPEG', jpeg, { ...still, type: 'image/jpeg' }],
  ['a GIF', gif, { ...still, type: 'image/gif', isAnimated: true, hasAlpha: true }],
  ['a WebP', webpX(0), { ...still, type: 'image/webp' }],
  ['a WebP that moves', webpX(0x12), { ...still, type: 'image/webp', isAnimated: true, hasAlpha: true }],
  ['a lossless WebP', lossless, { ...still, type: 'image/webp', hasAlpha: true }],
  ['a lossy WebP', lossy, { ...still, type: 'image/webp' }],
  ['an AVIF', avif('avif'), { ...still, type: 'image/avif', hasAlpha: true }],
  ['an AVIF that moves', avif('avis'), { ...still, type: 'image/avif', isAnimated: true, hasAlpha: true }],
  ['a BMP', bmp, { ...still, type: 'image/bmp' }],
]

test.for(pictures)('the header of %s', ([, bytes, header]) => {
  expect(readImageHeader(bytes)).toEqual(header)
})

test('it may stand anywhere in a buffer', () => {
  const all = join(latin('before'), jpeg, latin('after'))
  expect(readImageHeader(all.subarray(6, 6 + jpeg.length))).toEqual({ ...still, type: 'image/jpeg' })
})

test('a drawing in SVG is no picture', () => {
  expect(readImageHeader(latin('<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"/>'))).toBe(undefined)
})

test('a picture without pixels is none', () => {
  const empty = join(latin('GIF89a'), u16(0), u16(0), latin('\0\0\0'))
  expect(readImageHeader(empty)).toBe(undefined)
})

test('what was cut or changed is read without harm', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...pictures.map(([, bytes]) => bytes)),
      fc.nat(),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
      (bytes, cut, changes) => {
        const damaged = bytes.slice(0, cut % (bytes.length + 1))
        for (const [at, value] of changes) if (damaged.length > 0) damaged[at % damaged.length] = value
        const header = readImageHeader(damaged)
        if (header !== undefined) expect(header.width * header.height).toBeGreaterThan(0)
      },
    ),
  )
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), bytes => void readImageHeader(bytes)))
})
