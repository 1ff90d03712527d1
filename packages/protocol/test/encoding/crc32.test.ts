import { expect, test } from 'vitest'
import { crc32, utf8Encode } from '../../src/encoding/index.ts'

const known: readonly [text: string, crc: number][] = [
  ['', 0],
  ['123456789', 0xcbf43926],
  ['a', 0xe8b7be43],
  ['The quick brown fox jumps over the lazy dog', 0x414fa339],
]
test.for(known)('the CRC of %o is %i', ([text, crc]) => {
  expect(crc32(utf8Encode(text))).toBe(crc)
})
