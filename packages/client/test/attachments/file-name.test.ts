import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanFileName } from '../../src/attachments/file-name.ts'
import { claimedType, detectType, kindOf, soundType } from '../../src/attachments/file-type.ts'

test.for([
  ['report.pdf', 'report.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\a\\b.txt', 'b.txt'],
  ['photo\u{202e}gnp.exe', 'photognp.exe'],
  ['a\0b\n\u{200f}c.txt', 'abc.txt'],
  ['..', 'file.png'],
  ['.bashrc', 'bashrc'],
  ['trailing. . ', 'trailing'],
  ['a<b>:"c|?*.txt', 'abc.txt'],
  ['CON.txt', '_CON.txt'],
  ['nul', '_nul'],
  ['', 'file.png'],
  [undefined, 'file.png'],
  ['Übersicht – 日本.ods', 'Übersicht – 日本.ods'],
] as const)('%j is called %s', ([text, name]) => {
  expect(cleanFileName(text, 'image/png')).toBe(name)
})

test('any name is clean: short, of one part, without anything that hides what it is', () => {
  const anyName = fc.oneof(fc.string({ unit: 'binary', maxLength: 600 }), fc.string({ maxLength: 600 }))
  fc.assert(
    fc.property(anyName, text => {
      const name = cleanFileName(text, 'video/mp4')
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(201)
      expect(name).toMatch(/^[^\p{Cc}/\\:*?"<>|\u{202a}-\u{202e}\u{2066}-\u{2069}]+$/u)
      expect(name.startsWith('.') || name.endsWith('.') || name.endsWith(' ')).toBe(false)
      expect(cleanFileName(name, 'video/mp4')).toBe(name)
    }),
    { numRuns: 2000 },
  )
  expect(cleanFileName(`${'ä'.repeat(300)}.png`, 'image/png')).toMatch(/^ä+\.png$/)
})

const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))

test.for([
  ['\x89PNG\r\n\x1a\nmore', 'image/png', 'image'],
  ['\xff\xd8\xff\xe0', 'image/jpeg', 'image'],
  ['GIF89a', 'image/gif', 'image'],
  ['RIFF\0\0\0\0WEBPVP8 ', 'image/webp', 'image'],
  ['\0\0\0\x1cftypavif', 'image/avif', 'image'],
  ['RIFF\0\0\0\0WAVEfmt ', 'audio/wav', 'audio'],
  ['\0\0\0\x1cftypisom', 'video/mp4', 'video'],
  ['\0\0\0\x1cftypM4A ', 'audio/mp4', 'audio'],
  ['\0\0\0\x1cftypheic', 'application/octet-stream', 'file'],
  ['\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm', 'video/webm', 'video'],
  ['ID3\x04', 'audio/mpeg', 'audio'],
  ['\xff\xfb\x90d', 'audio/mpeg', 'audio'],
  ['OggS', 'audio/ogg', 'audio'],
  ['%PDF-1.7', 'application/pdf', 'file'],
  ['PK\x03\x04', 'application/zip', 'file'],
  ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'application/octet-stream', 'file'],
  ['<html>', 'application/octet-stream', 'file'],
  ['', 'application/octet-stream', 'file'],
] as const)('the content %j is %s', ([text, type, kind]) => {
  expect([detectType(latin1(text)), kindOf(type)]).toEqual([type, kind])
})

test('claims are taken only from a closed list', () => {
  expect(
    ['IMAGE/PNG', 'image/jpg', 'audio/mp3; codecs=x', 'image/svg+xml', 'text/html', undefined].map(claimedType),
  ).toEqual([
    'image/png',
    'image/jpeg',
    'audio/mpeg',
    'application/octet-stream',
    'application/octet-stream',
    'application/octet-stream',
  ])
  expect(['audio/ogg', 'video/webm', 'image/png'].map(soundType)).toEqual(['audio/ogg', 'audio/webm', undefined])
})
