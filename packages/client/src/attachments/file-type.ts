import { latin1Decode } from '@sotto/protocol/encoding'

/** How an attachment is shown. A `voice` is an audio file that its sender calls one. */
export type AttachmentKind = 'image' | 'video' | 'audio' | 'voice' | 'file'

/** What is said of files that are none of the kinds known here. */
export const UNKNOWN_TYPE = 'application/octet-stream'

const kinds: ReadonlyMap<string, AttachmentKind> = new Map([
  ['image/png', 'image'],
  ['image/jpeg', 'image'],
  ['image/webp', 'image'],
  ['image/gif', 'image'],
  ['image/avif', 'image'],
  ['video/mp4', 'video'],
  ['video/webm', 'video'],
  ['video/quicktime', 'video'],
  ['audio/mpeg', 'audio'],
  ['audio/ogg', 'audio'],
  ['audio/mp4', 'audio'],
  ['audio/webm', 'audio'],
  ['audio/wav', 'audio'],
  ['audio/flac', 'audio'],
  ['application/pdf', 'file'],
  ['application/zip', 'file'],
])

/** Other names that programs give the same types. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ['image/jpg', 'image/jpeg'],
  ['audio/mp3', 'audio/mpeg'],
  ['audio/x-wav', 'audio/wav'],
  ['audio/wave', 'audio/wav'],
  ['audio/aac', 'audio/mp4'],
  ['audio/x-m4a', 'audio/mp4'],
  ['audio/m4a', 'audio/mp4'],
  ['audio/opus', 'audio/ogg'],
])

/** Beginnings: what stands at which place. */
const beginnings: readonly (readonly [type: string, at: number, text: string])[] = [
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF87a'],
  ['image/gif', 0, 'GIF89a'],
  ['image/webp', 8, 'WEBP'],
  ['audio/wav', 8, 'WAVE'],
  ['audio/mpeg', 0, 'ID3'],
  ['audio/ogg', 0, 'OggS'],
  ['audio/flac', 0, 'fLaC'],
  ['application/pdf', 0, '%PDF-'],
  ['application/zip', 0, 'PK\x03\x04'],
]

/** What the first brand of a file of boxes means. */
const brands: ReadonlyMap<string, string> = new Map([
  ['avif', 'image/avif'],
  ['avis', 'image/avif'],
  ['M4A ', 'audio/mp4'],
  ['M4B ', 'audio/mp4'],
  ['qt  ', 'video/quicktime'],
  ...[
    'isom',
    'iso2',
    'iso4',
    'iso5',
    'iso6',
    'mp41',
    'mp42',
    'avc1',
    'dash',
    'M4V ',
    'MSNV',
    'mmp4',
    '3gp4',
    '3gp5',
  ].map((brand): readonly [string, string] => [brand, 'video/mp4']),
])

/** Far enough for whatever is looked for. */
const HEAD_BYTES = 64

/** The type of a file by its content alone, whatever it is called. What is not known is `application/octet-stream`. */
export function detectType(bytes: Uint8Array): string {
  const head = latin1Decode(bytes.subarray(0, HEAD_BYTES))
  const found = beginnings.find(([, at, text]) => head.startsWith(text, at) && (at === 0 || head.startsWith('RIFF')))
  if (found !== undefined) return found[0]
  if (head.startsWith('ftyp', 4)) return brands.get(head.slice(8, 12)) ?? UNKNOWN_TYPE
  if (head.startsWith('\x1aE\xdf\xa3') && head.includes('webm')) return 'video/webm'
  return isMpegFrame(bytes) ? 'audio/mpeg' : UNKNOWN_TYPE
}

/** How files of a type are shown. Also an SVG is only a file: nothing in it is ever run or drawn. Spec 70 F11. */
export function kindOf(contentType: string): AttachmentKind {
  return kinds.get(contentType) ?? 'file'
}

/** The type that a sender claims, if it is a known one. Anything else could be more than a type. */
export function claimedType(text: string | undefined): string {
  const type = (text ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const known = synonyms.get(type) ?? type
  return kinds.has(known) ? known : UNKNOWN_TYPE
}

/** What a type is called that holds sound only: recordings come in boxes made for pictures. */
export function soundType(contentType: string): string | undefined {
  if (contentType.startsWith('audio/')) return contentType
  return contentType === 'video/webm' || contentType === 'video/mp4' ? contentType.replace('video', 'audio') : undefined
}

/** The first two bytes of a frame of layer III. */
function isMpegFrame([first = 0, second = 0]: Uint8Array): boolean {
  return first === 0xff && (second & 0xe6) === 0xe2
}
