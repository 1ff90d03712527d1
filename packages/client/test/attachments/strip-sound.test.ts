import { concatBytes, latin1Encode } from '@sotto/protocol/encoding'
import { expect, test } from 'vitest'
import { checksumOf } from '../../src/attachments/containers/checksum.ts'
import { stripFile, stripSource } from '../../src/attachments/strip-file.ts'
import { hex, secret, tells } from '../support/containers.ts'
import {
  apeTagOf,
  commentsOf,
  flacFrames,
  flacOf,
  id3Of,
  id3TailOf,
  lacingOf,
  mpegFrame,
  mpegFrames,
  oggOf,
  type Page,
  waveChunk,
  waveFrames,
  waveOf,
} from '../support/sounds.ts'
import { expectWholeOrNothing } from '../support/damaged-files.ts'

const text = latin1Encode
const none = new Uint8Array()
const frame23 = concatBytes(text('TIT2'), hex('00000016 0000 00'), secret)
const stripped = (full: Uint8Array): Uint8Array => {
  const { bytes, isStripped } = stripFile(full)
  expect(isStripped).toBe(true)
  return bytes
}

const opusHead: Page = { flags: 2, inside: text('OpusHead and so on') }
const vorbisHead: Page = { flags: 2, inside: text('\x01vorbis and so on') }
const sound: Page = { flags: 4, inside: text('sound packet') }
const opusTags = commentsOf('OpusTags', secret)
const vorbisTags = commentsOf('\x03vorbis', secret)
const setup = text('\x05vorbis setup')
/** A picture in the comments takes more than a page. */
const long = commentsOf('OpusTags', concatBytes(new Uint8Array(700).fill(0x41), secret))

const files = [
  { what: 'an MP3 with a tag', sound: mpegFrames, full: concatBytes(id3Of(3, frame23), mpegFrames) },
  {
    what: 'an MP3 with all kinds of tags',
    sound: mpegFrames,
    full: concatBytes(
      id3Of(4, frame23, true),
      id3Of(2, secret),
      new Uint8Array(5000),
      mpegFrames,
      apeTagOf(secret),
      id3TailOf(secret),
    ),
  },
  { what: 'an MP3 without tags in front', sound: mpegFrames, full: concatBytes(mpegFrames, id3TailOf(secret)) },
  {
    what: 'a FLAC file',
    sound: flacFrames,
    full: flacOf(
      [4, secret],
      [3, new Uint8Array(18)],
      [2, secret],
      [5, secret],
      [6, secret],
      [1, secret],
      [99, secret],
    ),
  },
  {
    what: 'a FLAC file with other tags around it',
    sound: flacFrames,
    full: concatBytes(id3Of(3, frame23), flacOf([4, secret]), id3TailOf(secret)),
  },
  {
    what: 'a WAV file',
    sound: waveFrames,
    full: waveOf(
      concatBytes(waveChunk('bext', secret), waveChunk('LIST', concatBytes(text('INFO'), secret))),
      concatBytes(waveChunk('iXML', secret), waveChunk('id3 ', secret), waveChunk('cue ', none)),
    ),
  },
  { what: 'a file of Opus', sound: sound.inside, full: oggOf(opusHead, { inside: opusTags }, sound) },
  {
    what: 'a file of Opus with a picture in its comments',
    sound: sound.inside,
    full: oggOf(
      opusHead,
      { inside: long.subarray(0, 510), lengths: [255, 255] },
      { inside: long.subarray(510), flags: 1 },
      sound,
    ),
  },
  {
    what: 'a file of Vorbis, with what comes next in the same page',
    sound: sound.inside,
    full: oggOf(
      vorbisHead,
      {
        inside: concatBytes(vorbisTags, setup),
        lengths: [...lacingOf(vorbisTags.length), ...lacingOf(setup.length)],
      },
      sound,
    ),
  },
  {
    what: 'two streams beside each other, and one behind',
    sound: sound.inside,
    full: oggOf(
      opusHead,
      { ...vorbisHead, serial: 8 },
      { inside: opusTags },
      { inside: vorbisTags, serial: 8 },
      { inside: setup, serial: 8 },
      sound,
      { ...sound, serial: 8 },
      opusHead,
      { inside: opusTags },
      sound,
    ),
  },
]

test.for(files)('$what says nothing but its sound, and nothing moves', ({ full, sound: heard }) => {
  expect(tells(full)).toBe(true)
  const bytes = stripped(full)
  expect(tells(bytes)).toBe(false)
  expect(Buffer.from(bytes).includes('SECRET P')).toBe(false)
  expect(bytes.length).toBe(full.length)
  const places = (all: Uint8Array): readonly number[] => {
    const found: number[] = []
    for (let at = Buffer.from(all).indexOf(heard); at >= 0; at = Buffer.from(all).indexOf(heard, at + 1)) found.push(at)
    return found
  }
  expect(places(full)).not.toEqual([])
  expect(places(bytes)).toEqual(places(full))
  expect(stripFile(bytes)).toEqual({ bytes, isStripped: true })
})

test.for(files)('$what is stripped the same way where it lies elsewhere', async ({ full }) => {
  const { isStripped, read } = await stripSource({
    sizeBytes: full.length,
    read: async (at, length) => full.slice(at, at + length),
  })
  expect(isStripped).toBe(true)
  const half = full.length >> 1
  const parts = concatBytes(await read(0, half), await read(half, full.length - half))
  expect(Buffer.compare(parts, stripped(full))).toBe(0)
})

test('tags of MP3 stay, empty: one of ID3 holds padding, one of APE no items', () => {
  expect(stripped(concatBytes(id3Of(4, frame23, true), mpegFrames))).toEqual(
    concatBytes(id3Of(3, new Uint8Array(frame23.length + 10)), mpegFrames),
  )
  const tail = stripped(concatBytes(mpegFrames, apeTagOf(secret), id3TailOf(secret))).subarray(mpegFrames.length)
  const [head, items, foot] = [tail.subarray(0, 32), tail.subarray(32, 53), tail.subarray(53, 85)]
  expect(head).toEqual(concatBytes(text('APETAGEX'), hex('d0070000 35000000 00000000 000000a0'), new Uint8Array(8)))
  expect(items).toEqual(new Uint8Array(secret.length))
  expect(foot).toEqual(concatBytes(text('APETAGEX'), hex('d0070000 35000000 00000000 00000080'), new Uint8Array(8)))
  expect(tail.subarray(85)).toEqual(concatBytes(text('TAG'), new Uint8Array(124), hex('ff')))
})

test('blocks of FLAC become padding, the last one stays the last', () => {
  const expected = flacOf([1, new Uint8Array(secret.length)], [3, secret], [1, new Uint8Array(secret.length)])
  expect(stripped(flacOf([4, secret], [3, secret], [6, secret]))).toEqual(expected)
})

test('chunks of WAV become junk', () => {
  const junk = waveChunk('JUNK', new Uint8Array(secret.length))
  expect(stripped(waveOf(waveChunk('bext', secret), waveChunk('zzzz', secret)))).toEqual(waveOf(junk, junk))
})

test.for([
  { what: 'Opus', head: opusHead, tags: opusTags, empty: text('OpusTags') },
  { what: 'Vorbis', head: vorbisHead, tags: vorbisTags, empty: text('\x03vorbis\0\0\0\0\0\0\0\0\x01') },
])('comments of $what are as long as before, without a word, and their page has its checksum', item => {
  const { empty, head, tags } = item
  const inside = new Uint8Array(tags.length)
  inside.set(empty)
  expect(stripped(oggOf(head, { inside: tags }, sound))).toEqual(oggOf(head, { inside }, sound))
})

test('checksums are those of the catalogue', () => {
  // CRC-16/UMTS, and CRC-32/CKSUM before it is inverted.
  expect(checksumOf(0x80050000, text('123456789'))).toBe(0xfee80000)
  expect(checksumOf(0x04c11db7, text('123456789'))).toBe(0x89a1897f)
})

test.for([
  { what: 'an MP3 with something between', full: concatBytes(mpegFrames, secret, mpegFrames) },
  { what: 'an MP3 with something behind', full: concatBytes(mpegFrames, secret) },
  { what: 'an MP3 with lyrics', full: concatBytes(mpegFrames, text('LYRICSBEGIN'), secret) },
  { what: 'an MP3 with a longer tail', full: concatBytes(mpegFrames, text('TAG+'), new Uint8Array(223)) },
  { what: 'an MP3 whose last frame is cut, in which a tag could lie', full: mpegFrames.subarray(0, -1) },
  { what: 'a tag alone', full: id3Of(3, frame23) },
  { what: 'a tag longer than the file', full: id3Of(3, new Uint8Array(300)).subarray(0, 200) },
  { what: 'a sound of another layer', full: concatBytes(id3Of(3, frame23), mpegFrame('fffd9000', 417)) },
  { what: 'frames of a free length', full: concatBytes(id3Of(3, frame23), mpegFrame('fffb0000', 417)) },
  { what: 'frames of no sample rate', full: concatBytes(id3Of(3, frame23), mpegFrame('fffb9c00', 417)) },
  { what: 'an APE tag without head', full: concatBytes(mpegFrames, apeTagOf(secret).subarray(32)) },
  { what: 'a FLAC file that goes on', full: concatBytes(flacOf([4, secret]), secret) },
  { what: 'a FLAC file with lyrics for MP3', full: concatBytes(flacOf([4, secret]), apeTagOf(secret)) },
  { what: 'a FLAC file with a forbidden block', full: flacOf([127, secret]) },
  { what: 'a FLAC file with two heads', full: flacOf([0, new Uint8Array(34)]) },
  { what: 'FLAC behind a sound', full: concatBytes(mpegFrames, flacOf([4, secret])) },
  { what: 'a WAV file that goes on', full: concatBytes(waveOf(waveChunk('LIST', secret), none), text('odd')) },
  { what: 'a WAV file of MP3', full: waveOf(waveChunk('LIST', secret), none, '5500') },
  { what: 'a WAV file of pieces', full: waveOf(waveChunk('LIST', concatBytes(text('wavl'), secret)), none) },
  { what: 'a WAV file of two sounds', full: waveOf(waveChunk('data', secret), none) },
  { what: 'a WAV file without sound', full: waveOf(none, none).subarray(0, 36) },
  { what: 'a film in Ogg', full: oggOf({ flags: 2, inside: text('\x80theora') }, { inside: secret }) },
  { what: 'a file of Opus without comments', full: oggOf(opusHead) },
  { what: 'a file of Opus whose comments are something else', full: oggOf(opusHead, { inside: secret }, sound) },
  {
    what: 'a file of Opus with a stream from nowhere',
    full: oggOf(opusHead, { inside: opusTags }, { ...sound, serial: 9 }),
  },
  { what: 'a file of Opus that goes on', full: concatBytes(oggOf(opusHead, { inside: opusTags }, sound), secret) },
  {
    what: 'a file of Opus with comments that were torn apart',
    full: oggOf(opusHead, { inside: long.subarray(0, 510), lengths: [255, 255] }, sound),
  },
])('$what stays as it is, and that is said', ({ full }) => {
  const { bytes, isStripped } = stripFile(full)
  expect(isStripped).toBe(false)
  expect(bytes).toBe(full)
})

test.for(files)('$what that is damaged keeps its length, and is stripped wholly or not at all', ({ full }) => {
  expectWholeOrNothing(full)
})
