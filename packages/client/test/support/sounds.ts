import { concatBytes, encodeUint32BigEndian, encodeUint32LittleEndian, latin1Encode } from '@sotto/protocol/encoding'
import { checksumOf } from '../../src/attachments/containers/checksum.ts'
import { hex, secret } from './containers.ts'

/** An ID3v2 tag, which ends with a copy of its head if `hasFooter`. */
export function id3Of(version: number, inside: Uint8Array, hasFooter = false): Uint8Array {
  const size = [21, 14, 7, 0].map(shift => (inside.length >> shift) & 0x7f)
  const rest = Uint8Array.of(version, 0, hasFooter ? 0x10 : 0, ...size)
  const footer = hasFooter ? concatBytes(latin1Encode('3DI'), rest) : new Uint8Array()
  return concatBytes(latin1Encode('ID3'), rest, inside, footer)
}

/** An ID3v1 tag. */
export function id3TailOf(inside: Uint8Array): Uint8Array {
  const tag = new Uint8Array(128)
  tag.set(latin1Encode('TAG'))
  tag.set(inside, 3)
  return tag
}

/** An APE tag of version 2. */
export function apeTagOf(inside: Uint8Array): Uint8Array {
  const part = (flags: string): Uint8Array =>
    concatBytes(
      latin1Encode('APETAGEX'),
      ...[2000, inside.length + 32, 3].map(encodeUint32LittleEndian),
      hex(flags),
      secret.subarray(0, 8),
    )
  return concatBytes(part('000000a0'), inside, part('00000080'))
}

/** Frames of 128 kbit/s at 44,100 Hz, with and without padding, and of 8 kbit/s at 8000 Hz. */
export const mpegFrames: Uint8Array = concatBytes(
  mpegFrame('fffb9000', 417),
  mpegFrame('fffb9200', 418),
  mpegFrame('ffe31800', 72),
)

/** With a head of 4 bytes. */
export function mpegFrame(head: string, length: number): Uint8Array {
  return concatBytes(hex(head), new Uint8Array(length - 4).fill(0x53))
}

/** A block of metadata in a FLAC file. */
function flacBlock(type: number, inside: Uint8Array, isLast = false): Uint8Array {
  const head = encodeUint32BigEndian(inside.length)
  head[0] = type + (isLast ? 128 : 0)
  return concatBytes(head, inside)
}

const frameWithout = concatBytes(hex('fff8c918 00ff00fff8'), latin1Encode('sound sound'))
/** Two frames, the second of which ends with its checksum. */
export const flacFrames: Uint8Array = concatBytes(
  frameWithout,
  frameWithout,
  encodeUint32BigEndian(checksumOf(0x80050000, frameWithout)).subarray(0, 2),
)

/** A FLAC file with such blocks behind the first, the last of which ends them. */
export function flacOf(...blocks: readonly (readonly [type: number, inside: Uint8Array])[]): Uint8Array {
  const made = blocks.map(([type, inside], index) => flacBlock(type, inside, index === blocks.length - 1))
  const first = flacBlock(0, new Uint8Array(34).fill(0x11), blocks.length === 0)
  return concatBytes(latin1Encode('fLaC'), first, ...made, flacFrames)
}

/** A chunk of a WAV file. */
export function waveChunk(name: string, inside: Uint8Array): Uint8Array {
  const pad = new Uint8Array(inside.length % 2)
  return concatBytes(latin1Encode(name), encodeUint32LittleEndian(inside.length), inside, pad)
}

/** What the sound of a WAV file is here. */
export const waveFrames: Uint8Array = latin1Encode('sound')

/** A WAV file with other chunks in front of the sound and behind it, of PCM unless another format is given. */
export function waveOf(before: Uint8Array, behind: Uint8Array, format = '0100'): Uint8Array {
  const plain = waveChunk('fmt ', concatBytes(hex(format), hex('0100 44ac0000 88580100 0200 1000')))
  const body = concatBytes(latin1Encode('WAVE'), plain, before, waveChunk('data', waveFrames), behind)
  return concatBytes(latin1Encode('RIFF'), encodeUint32LittleEndian(body.length), body)
}

/** A page of an Ogg file. */
export interface Page {
  readonly inside: Uint8Array
  /** 1: it goes on with a packet, 2: a stream begins, 4: it ends. */
  readonly flags?: number
  readonly serial?: number
  /** Of its segments; by itself those of one packet that ends in it. */
  readonly lengths?: readonly number[]
}

/** With the checksum that belongs to it. */
function oggPage({ flags = 0, inside, lengths, serial = 7 }: Page, index: number): Uint8Array {
  const segments = lengths ?? lacingOf(inside.length)
  const page = concatBytes(
    latin1Encode('OggS'),
    Uint8Array.of(0, flags),
    new Uint8Array(8),
    ...[serial, index, 0].map(encodeUint32LittleEndian),
    Uint8Array.of(segments.length, ...segments),
    inside,
  )
  page.set(encodeUint32LittleEndian(checksumOf(0x04c11db7, page)), 22)
  return page
}

/** The lengths of the segments of a packet. */
export function lacingOf(length: number): readonly number[] {
  return [...Array.from({ length: Math.floor(length / 255) }, () => 255), length % 255]
}

/** An Ogg file of such pages. */
export function oggOf(...pages: readonly Page[]): Uint8Array {
  return concatBytes(...pages.map(oggPage))
}

/** What is said of a stream: by which program it was made, and one comment. */
export function commentsOf(magic: string, comment: Uint8Array): Uint8Array {
  const worded = (words: Uint8Array): Uint8Array => concatBytes(encodeUint32LittleEndian(words.length), words)
  const vorbis = magic.startsWith('\x03') ? Uint8Array.of(1) : new Uint8Array()
  return concatBytes(latin1Encode(magic), worded(secret), encodeUint32LittleEndian(1), worded(comment), vorbis)
}
