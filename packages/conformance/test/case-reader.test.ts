import { expect, test } from 'vitest'
import { CaseReader, ReadError } from '../src/case-reader.ts'
import { CaseReport } from '../src/case-report.ts'
import type { JsonObject } from '../src/json.ts'
import { Usage } from '../src/usage.ts'

function open(members: JsonObject, group: JsonObject = {}) {
  const usage = new Usage()
  const report = new CaseReport()
  const shared = new CaseReader(group, { usage: new Usage(), report, path: '' })
  return {
    c: new CaseReader(members, { usage, report, path: '', shared }),
    report,
    unused: () => usage.unused(members),
  }
}

test('reads each kind of member and remembers it', () => {
  const members = { h: '00fF', b: 'AP8=', t: 'é', n: 7, big: '18446744073709551615', f: true, l: ['a'], o: null }
  const { c, unused } = open(members)
  expect(unused()).toEqual(['h', 'b', 't', 'n', 'big', 'f', 'l', 'o'])
  expect(c.hex('h')).toEqual(Uint8Array.of(0, 255))
  expect(c.base64('b')).toEqual(Uint8Array.of(0, 255))
  expect(c.utf8('t')).toEqual(Uint8Array.of(0xc3, 0xa9))
  expect(c.number('n')).toBe(7)
  expect(c.bigint('n')).toBe(7n)
  expect(c.bigint('big')).toBe(18446744073709551615n)
  expect(c.flag('f')).toBe(true)
  expect(c.texts('l')).toEqual(['a'])
  expect(c.given('o')).toBe(false)
  expect(c.given('none')).toBe(false)
  expect(unused()).toEqual([])
})

test('refuses members of another kind', () => {
  const { c } = open({ h: '0', b: '*', t: 1, n: 'x', big: 1.5, f: 0, l: [1], o: [1] })
  for (const read of [
    () => c.hex('h'),
    () => c.base64('b'),
    () => c.text('t'),
    () => c.number('n'),
    () => c.bigint('big'),
    () => c.flag('f'),
    () => c.texts('l'),
    () => c.object('o'),
    () => c.list('o'),
    () => c.list('t'),
    () => c.numbers('h'),
    () => c.text('none'),
    () => c.text('constructor'),
  ]) {
    expect(read).toThrow(ReadError)
  }
})

test('objects and lists are used member by member', () => {
  const { c, unused } = open({ o: { what: 'words', a: 1, b: { c: 2 } }, l: [{ a: 1 }, { a: 2, b: 3 }], e: {} })
  expect(c.has('o')).toBe(true)
  expect(unused()).toEqual(['o', 'l', 'e'])
  c.object('o').number('a')
  c.list('l').forEach(entry => entry.number('a'))
  c.object('e')
  expect(unused()).toEqual(['o.b', 'l[1].b'])
  c.object('o').json('b')
  c.list('l')[1]?.expect('b', 3)
  expect(unused()).toEqual([])
})

test('what the case lacks comes from its group', () => {
  const { c } = open({ a: 1 }, { a: 2, b: 3 })
  expect([c.number('a'), c.number('b'), c.names()]).toEqual([1, 3, ['a']])
})

test('comparing notes the path and both values', () => {
  const { c, report, unused } = open({ h: 'AA', b: 'AA', t: 'x', o: { a: [1, { b: null }] }, big: '7', n: null })
  c.expectHex('h', Uint8Array.of(0xaa))
  c.expectBase64('b', Uint8Array.of(0))
  c.expectUtf8('t', Uint8Array.of(0x78))
  c.expect('o', { a: [1, { b: undefined }] })
  c.expect('big', 7n)
  c.expect('n', undefined)
  expect(report.problems()).toEqual([])
  c.expectHex('h', Uint8Array.of(0xab))
  c.object('o').expect('a', [1, { c: 1 }, 2])
  c.expect('n', Uint8Array.of(1))
  expect(report.problems()).toEqual([
    'h: expected "aa", got "ab"',
    'o.a: expected 2 entries, got 3',
    'o.a[1].c: expected nothing, got 1',
    'n: expected null, got "01"',
  ])
  expect(unused()).toEqual([])
})

test('long texts are shown where they part', () => {
  const { c, report } = open({ t: 'a'.repeat(500) })
  c.expect('t', `${'a'.repeat(300)}b`)
  expect(report.problems()).toEqual([
    `t: expected …"${'a'.repeat(56)}"…, got …"${'a'.repeat(8)}b" (lengths 500 and 301, apart from 300)`,
  ])
})
