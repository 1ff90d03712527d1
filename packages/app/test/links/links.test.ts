import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assessLink } from '../../src/links/assess-link.ts'
import { findLinks } from '../../src/links/find-links.ts'

const shownIn = (text: string): readonly string[] => findLinks(text).map(({ end, start }) => text.slice(start, end))

test.for([
  ['see https://a.example/b.', ['https://a.example/b']],
  ['(https://a.example/b)', ['https://a.example/b']],
  ['https://a.example/b_(c)', ['https://a.example/b_(c)']],
  ['www.a.example, and HTTP://b.example!', ['www.a.example', 'HTTP://b.example']],
  ['„https://a.example/“', ['https://a.example/“']],
  ['xhttps://a.example', []],
  ['https://nothing', []],
  ['javascript:alert(1)', []],
  ['https://ä.example/ß?q=1#x', ['https://ä.example/ß?q=1#x']],
] as const)('finds links in %j', ([text, links]) => {
  expect(shownIn(text)).toEqual(links)
})

test('gives www an address that can be opened', () => {
  expect(findLinks('www.a.example')).toEqual([{ start: 0, end: 13, url: 'https://www.a.example/' }])
})

test('finds only links to the web, in order, whatever is written', () => {
  const pieces = fc.constantFrom(
    'https://',
    'http://',
    'www.',
    'a.example',
    ' ',
    '/',
    '(',
    ')',
    '.',
    '\u202e',
    '@',
    ':',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), each => {
      const text = each.join('')
      let at = 0
      for (const { end, start, url } of findLinks(text)) {
        expect(start).toBeGreaterThanOrEqual(at)
        expect(end).toBeGreaterThan(start)
        expect(url).toMatch(/^https?:\/\//)
        at = end
      }
    }),
  )
})

test.for([
  ['https://a.example/path', []],
  ['http://a.example/', ['not-encrypted']],
  ['https://bank.example@evil.example/', ['user-info']],
  ['https://аpple.com/', ['look-alike']],
  ['https://xn--pple-43d.com/', ['look-alike']],
  ['https://яндекс.com/', ['look-alike']],
  ['https://münchen.example/', []],
  ['https://日本語.example/', []],
  ['https://1.2.3.4/', ['address']],
  ['https://[::1]/', ['address']],
  ['https://a.example:8443/', ['port']],
  ['https://a.example/\u202etxt', ['odd-signs']],
] as const)('says of %s: %j', ([shown, doubts]) => {
  expect(assessLink(shown, new URL(shown).href)).toEqual(doubts)
})
