import fc from 'fast-check'
import { expect, test } from 'vitest'
import network from '../../../../vectors/network.json' with { type: 'json' }
import {
  type Base64Options,
  decodeBase64,
  encodeBase64,
  encodeBase64Unpadded,
  encodeBase64Url,
  utf8Encode,
} from '../../src/encoding/index.ts'
import { codeOf, unlessRefused } from '../coded.ts'

// RFC 4648 §10.
test.for([
  ['', ''],
  ['f', 'Zg=='],
  ['fo', 'Zm8='],
  ['foo', 'Zm9v'],
  ['foob', 'Zm9vYg=='],
  ['fooba', 'Zm9vYmE='],
  ['foobar', 'Zm9vYmFy'],
])('%o is %o', ([text = '', base64 = '']) => {
  expect(encodeBase64(utf8Encode(text))).toBe(base64)
  expect(encodeBase64Unpadded(utf8Encode(text))).toBe(base64.replaceAll('=', ''))
  expect(decodeBase64(base64)).toEqual(utf8Encode(text))
})

test('the message data of the known answers comes back as it was', () => {
  for (const { data_b64: data } of network.message_hash) expect(encodeBase64(decodeBase64(data))).toBe(data)
})

test('the two alphabets differ in the last two digits and are not mixed', () => {
  const bytes = Uint8Array.of(0xfb, 0xff)
  expect(encodeBase64(bytes)).toBe('+/8=')
  expect(encodeBase64Url(bytes)).toBe('-_8')
  expect(decodeBase64('-_8', { alphabet: 'url' })).toEqual(bytes)
  expect(codeOf(() => decodeBase64('-_8'))).toBe('base64.bad-digit')
  expect(codeOf(() => decodeBase64('+/8', { alphabet: 'url' }))).toBe('base64.bad-digit')
})

const paddings: readonly [text: string, padding: Base64Options['padding'], code: string | undefined][] = [
  ['Zg==', 'required', undefined],
  ['Zg', 'required', 'base64.bad-padding'],
  ['Zg=', 'required', 'base64.bad-padding'],
  ['Zg==', 'optional', undefined],
  ['Zg', 'optional', undefined],
  ['Zg=', 'optional', 'base64.bad-padding'],
  ['Zg===', 'optional', 'base64.bad-padding'],
  ['Zm8==', 'optional', 'base64.bad-padding'],
  ['Zg==', 'none', 'base64.bad-padding'],
  ['Zg', 'none', undefined],
  ['Zm9v', 'required', undefined],
  ['Zm9v', 'none', undefined],
  ['Zm9v=', 'optional', 'base64.bad-padding'],
  ['Zm9v====', 'optional', 'base64.bad-length'],
  ['=', 'optional', 'base64.bad-padding'],
  ['====', 'required', 'base64.bad-length'],
  ['', 'required', undefined],
]
test.for(paddings)('%o with padding %s: %s', ([text, padding, code]) => {
  expect(codeOf(() => decodeBase64(text, padding === undefined ? {} : { padding }))).toBe(code)
})

test.for(['A', 'AAAAA', 'AAAAA==='])('refuses a length that no bytes give: %o', text => {
  expect(codeOf(() => decodeBase64(text))).toBe('base64.bad-length')
})

test.for(['AA A', 'AAA\n', ' AAA', 'A=AA', 'AA=A', '=AAA', 'AAé=', '\u0100AAA', '\u{1f600}AA'])(
  'refuses what is no digit: %o',
  text => expect(codeOf(() => decodeBase64(text))).toBe('base64.bad-digit'),
)

test.for(['Zh==', 'Zh', 'Zm9=', 'Zm9', 'AAAAZh'])('refuses bits that belong to no byte: %o', text => {
  expect(codeOf(() => decodeBase64(text))).toBe('base64.bad-end')
})

test('decoding undoes encoding', () => {
  fc.assert(
    fc.property(fc.uint8Array(), bytes => {
      expect(decodeBase64(encodeBase64(bytes), { padding: 'required' })).toEqual(bytes)
      expect(decodeBase64(encodeBase64Unpadded(bytes), { padding: 'none' })).toEqual(bytes)
      expect(decodeBase64(encodeBase64Url(bytes), { alphabet: 'url', padding: 'none' })).toEqual(bytes)
    }),
  )
})

test('every text that is taken is the only one for its bytes', () => {
  const digit = fc.constantFrom('A', 'Q', 'g', 'w', 'E', '/', '=')
  fc.assert(
    fc.property(fc.string({ unit: digit, maxLength: 9 }), text => {
      expect(unlessRefused(() => encodeBase64(decodeBase64(text, { padding: 'required' }))) ?? text).toBe(text)
    }),
  )
})

test('a bad digit anywhere in a long text is found', () => {
  const text = encodeBase64(new Uint8Array(100_000))
  for (const at of [0, 1, 2, 3, 65_536, text.length - 3]) {
    const bad = `${text.slice(0, at)}!${text.slice(at + 1)}`
    expect(() => decodeBase64(bad)).toThrow(expect.objectContaining({ code: 'base64.bad-digit', detail: { at } }))
  }
})

test('random text gives bytes or a coded error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      const unpadded = text.replace(/=+$/, '')
      expect(unlessRefused(() => encodeBase64Unpadded(decodeBase64(text))) ?? unpadded).toBe(unpadded)
    }),
  )
})
