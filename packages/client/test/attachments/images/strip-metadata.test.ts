import { concatBytes } from '@sotto/protocol/encoding'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { detectType } from '../../../src/attachments/file-type.ts'
import { readImageSize } from '../../../src/attachments/images/image-size.ts'
import { stripMetadata } from '../../../src/attachments/images/strip-metadata.ts'
import { pngChunk, pngOf } from '../../support/pictures.ts'

const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))
const hex = (digits: string): Uint8Array => new Uint8Array(Buffer.from(digits.replaceAll(' ', ''), 'hex'))
/** Never a mark of a picture, so that it can be looked for. */
const secret = latin1('SECRET PLACE AND TIME')
const has = (bytes: Uint8Array): boolean => Buffer.from(bytes).includes(Buffer.from(secret))

const segment = (mark: number, data: Uint8Array): Uint8Array =>
  concatBytes(Uint8Array.of(0xff, mark, (data.length + 2) >> 8, (data.length + 2) & 0xff), data)
const jpegFrame = segment(0xc2, hex('08 0102 0304 01 011100'))
const jpegPixels = concatBytes(segment(0xda, hex('01 0100 003f00')), hex('d2 ff00 cf ffd0 20 ff00 11'))
const jpegOf = (...more: readonly Uint8Array[]): Uint8Array =>
  concatBytes(hex('ffd8'), ...more, segment(0xdb, new Uint8Array(65)), jpegFrame, jpegPixels, jpegPixels, hex('ffd9'))
const exif = (tiff: string): Uint8Array => segment(0xe1, concatBytes(latin1('Exif\0\0'), hex(tiff), secret))

const gifBlocks = (data: Uint8Array): Uint8Array => concatBytes(Uint8Array.of(data.length), data, Uint8Array.of(0))
const gifFrame = hex('2c 0000 0000 0200 0100 00 02 02 8451 00')
const gifControl = hex('21 f9 04 00 0000 00 00')
const gifLoop = concatBytes(hex('21 ff 0b'), latin1('NETSCAPE2.0'), hex('03 01 0000 00'))
const gifOf = (...more: readonly Uint8Array[]): Uint8Array =>
  concatBytes(latin1('GIF89a'), hex('0200 0100 80 00 00 000000 ffffff'), ...more, gifFrame, Uint8Array.of(0x3b))

const chunk = (name: string, data: Uint8Array): Uint8Array => {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(data.length)
  return concatBytes(latin1(name), length, data, new Uint8Array(data.length % 2))
}
const webpOf = (flags: number, ...more: readonly Uint8Array[]): Uint8Array => {
  const head = chunk('VP8X', concatBytes(Uint8Array.of(flags, 0, 0, 0), hex('ff0300 2b0100')))
  const body = concatBytes(latin1('WEBP'), head, chunk('VP8L', hex('2f 00000000')), ...more)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(body.length)
  return concatBytes(latin1('RIFF'), length, body)
}

const cases = [
  {
    what: 'png',
    type: 'image/png',
    size: { width: 7, height: 9 },
    clean: pngOf(7, 9, [pngChunk('gAMA', new Uint8Array(4))]),
    full: concatBytes(
      pngOf(7, 9, [
        pngChunk('tEXt', secret),
        pngChunk('gAMA', new Uint8Array(4)),
        pngChunk('eXIf', secret),
        pngChunk('prIv', secret),
      ]),
      secret,
    ),
  },
  {
    what: 'jpeg',
    type: 'image/jpeg',
    size: { width: 0x0304, height: 0x0102 },
    clean: jpegOf(segment(0xe0, latin1('JFIF\0 and so on')), segment(0xe2, latin1('ICC_PROFILE\0colours'))),
    full: concatBytes(
      jpegOf(
        segment(0xe0, latin1('JFIF\0 and so on')),
        exif('49492a00 08000000 0000'),
        segment(0xe1, concatBytes(latin1('http://ns.adobe.com/xap/1.0/\0'), secret)),
        segment(0xe2, latin1('ICC_PROFILE\0colours')),
        segment(0xe2, concatBytes(latin1('MPF\0'), secret)),
        segment(0xed, secret),
        segment(0xfe, secret),
      ),
      secret,
    ),
  },
  {
    what: 'gif',
    type: 'image/gif',
    size: { width: 2, height: 1 },
    clean: gifOf(gifLoop, gifControl),
    full: concatBytes(
      gifOf(
        gifLoop,
        concatBytes(hex('21 fe'), gifBlocks(secret)),
        concatBytes(hex('21 ff 0b'), latin1('XMP DataXMP'), gifBlocks(secret)),
        concatBytes(hex('21 01 0c'), new Uint8Array(12), gifBlocks(secret)),
        gifControl,
      ),
      secret,
    ),
  },
  {
    what: 'webp',
    type: 'image/webp',
    size: { width: 1024, height: 300 },
    clean: webpOf(0x20, chunk('ICCP', hex('0102'))),
    full: concatBytes(
      webpOf(0x2c, chunk('EXIF', secret), chunk('ICCP', hex('0102')), chunk('XMP ', secret), chunk('priv', secret)),
      secret,
    ),
  },
] as const

test.for(cases)('$what: pixels and colours stay, all else goes', ({ clean, full, size, type }) => {
  expect(detectType(full)).toBe(type)
  expect(has(full)).toBe(true)
  expect(Buffer.compare(stripMetadata(full, type), clean)).toBe(0)
  expect(Buffer.compare(stripMetadata(clean, type), clean)).toBe(0)
  expect([readImageSize(full, type), readImageSize(clean, type)]).toEqual([size, size])
})

test.for(cases)('$what: what is cut short is refused, and what is changed ends well', ({ clean, full, type }) => {
  for (let length = 0; length < clean.length; length++) {
    if (type === 'image/webp' && length >= 30) break // it may end behind any chunk
    expect(() => stripMetadata(clean.slice(0, length), type), String(length)).toThrow('attachments.bad-image')
  }
  fc.assert(
    fc.property(fc.nat(full.length - 1), fc.nat(255), (at, byte) => {
      const changed = Uint8Array.from(full)
      changed[at] = byte
      readImageSize(changed, type)
      let stripped: Uint8Array
      try {
        stripped = stripMetadata(changed, type)
      } catch (error) {
        expect(error).toMatchObject({ code: 'attachments.bad-image' })
        return
      }
      expect(stripMetadata(stripped, type)).toEqual(stripped)
    }),
  )
})

test('how a photo is to be turned stays, and nothing else of its EXIF', () => {
  for (const tiff of [
    '49492a00 08000000 0100 1201 0300 01000000 0600 0000',
    '4d4d002a 00000008 0001 0112 0003 00000001 0006 0000',
  ]) {
    const stripped = stripMetadata(jpegOf(exif(tiff)), 'image/jpeg')
    expect(has(stripped)).toBe(false)
    const kept = exif('4d4d002a 00000008 0001 0112 0003 00000001 0006 0000 00000000').slice(0, -secret.length)
    kept[3] = kept.length - 2
    expect(Buffer.from(stripped).indexOf(kept)).toBe(2)
    expect(stripMetadata(stripped, 'image/jpeg')).toEqual(stripped)
  }
})

test('pictures that are too large to be shown, and empty ones, have no size', () => {
  expect(readImageSize(pngOf(10_000, 5000), 'image/png')).toEqual({ width: 10_000, height: 5000 })
  expect(readImageSize(pngOf(10_000, 5001), 'image/png')).toBe(undefined)
  expect(readImageSize(pngOf(0, 5), 'image/png')).toBe(undefined)
  expect(readImageSize(hex('89504e47'), 'image/png')).toBe(undefined)
  expect(readImageSize(pngOf(1, 1), 'image/svg+xml')).toBe(undefined)
})

test('an AVIF has the largest size that it names', () => {
  const size = (width: string, height: string): string => `00000014 69737065 00000000 ${width} ${height}`
  const avif = hex(
    `00000014 66747970 61766966 00000000 61766966 ${size('00000010', '00000020')} ${size('00000400', '00000200')}`,
  )
  expect(detectType(avif)).toBe('image/avif')
  expect(readImageSize(avif, 'image/avif')).toEqual({ width: 1024, height: 512 })
})
