import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanLine, cleanText } from '../../src/chat/clean-text.ts'

test.for([
  ['line\nfeed', 'line\nfeed'],
  ['a\r\nb\rc', 'a\nb\nc'],
  ['a\tb', 'a  b'],
  ['\u{1b}[2J\u{7}', '\u{fffd}[2J\u{fffd}'],
  ['\u{9b}31m', '\u{fffd}31m'],
  ['abc\u{202e}txt.exe', 'abc\u{fffd}txt.exe'],
  ['\u{2066}x\u{2069}', '\u{fffd}x\u{fffd}'],
  ['שלום ❤️ 👩‍👩‍👧', 'שלום ❤️ 👩‍👩‍👧'],
] as const)('%j is shown as %j', ([text, clean]) => {
  expect(cleanText(text)).toBe(clean)
})

test('nothing that moves the cursor or the direction gets through', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      // oxlint-disable-next-line no-control-regex -- these are what must be missing
      expect(cleanText(text)).not.toMatch(/[\u{0}-\u{9}\u{b}-\u{1f}\u{7f}-\u{9f}\u{202a}-\u{202e}\u{2066}-\u{2069}]/u)
      expect(cleanLine(text)).not.toContain('\n')
    }),
  )
})
