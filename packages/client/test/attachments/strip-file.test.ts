import { concatBytes } from '@sotto/protocol/encoding'
import { expect, test } from 'vitest'
import { readIn } from '../../src/attachments/containers/reading.ts'
import { readBoxes } from '../../src/attachments/containers/boxes.ts'
import { stripFile, stripSource } from '../../src/attachments/strip-file.ts'
import {
  box,
  closedRecordingOf,
  element,
  filmOf,
  fullBox,
  hex,
  itemsOf,
  recordingOf,
  secret,
  tells,
  wide,
} from '../support/containers.ts'
import { pngChunk, pngOf } from '../support/pictures.ts'
import { expectWholeOrNothing } from '../support/damaged-files.ts'

const text = (words: string): Uint8Array => new Uint8Array(Buffer.from(words, 'latin1'))
const large = concatBytes(wide(1), text('uuid'), wide(0), wide(16 + secret.length), secret)
/** How often something stands in it. */
const count = (bytes: Uint8Array, words: string): number =>
  Buffer.from(bytes).toString('latin1').split(words).length - 1

const files = [
  { what: 'a film', full: filmOf() },
  {
    what: 'a film with tags',
    full: filmOf({
      beside: [box('free', secret), large, fullBox('prft', secret), box('sefd', secret)],
      inside: [box('udta', box('\u{a9}xyz', secret)), fullBox('meta', secret), box('uuid', secret)],
    }),
  },
  { what: 'a film with a track of positions', full: filmOf({ track: { handler: 'meta' } }) },
  { what: 'a picture', full: itemsOf() },
  { what: 'a picture with XMP', full: itemsOf({ kind: 'mime' }) },
  { what: 'a picture with EXIF in its index', full: itemsOf({ construction: 1 }) },
  { what: 'a recording', full: recordingOf(element('1254c367', secret), element('1941a469', secret)) },
  {
    what: 'a recording with tags behind it',
    full: closedRecordingOf(element('1254c367', secret), element('ec', secret)),
  },
  { what: 'a recording with much in it', full: recordingOf(element('1254c367', new Uint8Array(300).fill(0x53))) },
]

test.for(files)('$what says nothing of where and when any more, and nothing moves', ({ full }) => {
  const { bytes, isStripped } = stripFile(full)
  expect(isStripped).toBe(true)
  expect(tells(bytes)).toBe(false)
  expect(count(bytes, 'SECRET P')).toBe(0) // a time
  expect(bytes.length).toBe(full.length)
  const kept = ['pictures and sounds', 'pixels', 'frames', 'vide', 'mvhd', 'ispe', 'iloc']
  for (const words of kept) expect(count(bytes, words), words).toBe(count(full, words))
  expect(stripFile(bytes)).toEqual({ bytes, isStripped: true })
})

test('what is not needed becomes free room in boxes', () => {
  const full = filmOf({ beside: [large], inside: [box('udta', secret)] })
  const types = (bytes: Uint8Array): readonly string[] =>
    readIn(bytes, readBoxes(0, bytes.length)).map(({ type }) => type)
  expect(types(full)).toEqual(['ftyp', 'mdat', 'moov', 'uuid'])
  expect(types(stripFile(full).bytes)).toEqual(['ftyp', 'mdat', 'moov', 'free'])
})

test('an EXIF of a picture is an empty one then', () => {
  const { bytes } = stripFile(itemsOf())
  const begins = Buffer.from(bytes).lastIndexOf('pixels') + 6
  expect(bytes.slice(begins)).toEqual(concatBytes(hex('00000000 4d4d002a 00000008 0000 00000000'), new Uint8Array(7)))
})

test('what led to tags in a recording leads nowhere, and the rest to where it led', () => {
  const full = recordingOf(element('1254c367', secret))
  const { bytes } = stripFile(full)
  const target = (id: string): string =>
    Buffer.concat([Buffer.from('53ab10000004', 'hex'), Buffer.from(id, 'hex')]).toString('latin1')
  expect([count(full, target('1254c367')), count(bytes, target('1254c367'))]).toEqual([1, 0])
  expect([count(full, target('1549a966')), count(bytes, target('1549a966'))]).toEqual([1, 1])
})

test.for([
  { what: 'a film that goes on', full: concatBytes(filmOf(), secret) },
  { what: 'a film with its index packed', full: filmOf({ inside: [box('cmov', secret)] }) },
  { what: 'a film without an index', full: box('ftyp', text('isom'), wide(0)) },
  { what: 'a film whose positions lie elsewhere', full: filmOf({ track: { handler: 'meta', isElsewhere: true } }) },
  { what: 'a film whose positions lie in its index', full: filmOf({ track: { handler: 'meta', at: 200 } }) },
  { what: 'a film with positions in parts', full: filmOf({ track: { handler: 'meta' }, beside: [box('moof')] }) },
  { what: 'a picture whose EXIF lies in its pixels', full: itemsOf({ at: 2 }) },
  { what: 'a picture whose EXIF lies in other items', full: itemsOf({ construction: 2 }) },
  { what: 'a recording with something unknown in it', full: recordingOf(element('a1', secret)) },
  { what: 'a recording behind another one', full: closedRecordingOf(recordingOf()) },
  { what: 'a recording with what is no part of it behind it', full: closedRecordingOf(secret) },
  { what: 'a document', full: concatBytes(text('%PDF-1.4'), secret) },
])('$what stays as it is, and that is said', ({ full }) => {
  const { bytes, isStripped } = stripFile(full)
  expect(isStripped).toBe(false)
  expect(bytes).toBe(full)
})

test.for(files)(
  '$what is stripped the same way where it lies elsewhere, whatever part of it is read',
  async ({ full }) => {
    const { bytes } = stripFile(full)
    const { isStripped, read } = await stripSource({
      sizeBytes: full.length,
      read: async (at, length) => full.slice(at, at + length),
    })
    expect(isStripped).toBe(true)
    for (const size of [1, 7, 64, full.length]) {
      for (let at = 0; at < full.length; at += size) {
        const length = Math.min(size, full.length - at)
        expect(Buffer.compare(await read(at, length), bytes.subarray(at, at + length))).toBe(0)
      }
    }
  },
)

test('a large file that is not understood stays as it is, and that is said', async () => {
  const full = concatBytes(filmOf(), secret)
  const { isStripped, read } = await stripSource({
    sizeBytes: full.length,
    read: async (at, length) => full.slice(at, at + length),
  })
  expect(isStripped).toBe(false)
  expect(await read(0, full.length)).toEqual(full)
})

test.for(['XAVC', '3gp6', 'qt  ', 'M4A '])('a film of the brand %s is one', brand => {
  const full = filmOf({ inside: [box('udta', secret)] })
  full.set(text(brand), 8)
  expect(stripFile(full).isStripped).toBe(true)
})

test('raw pictures of cameras, which keep all in such boxes, stay whole', () => {
  const full = filmOf({ inside: [box('uuid', secret)] })
  full.set(text('crx '), 8)
  expect(stripFile(full)).toEqual({ bytes: full, isStripped: false })
})

test('pictures that become shorter count as well', () => {
  const full = pngOf(7, 9, [pngChunk('tEXt', secret)])
  expect(stripFile(full)).toEqual({ bytes: pngOf(7, 9), isStripped: true })
})

test.for(files)('$what that is damaged keeps its length, and is stripped wholly or not at all', ({ full }) => {
  expectWholeOrNothing(full)
})
