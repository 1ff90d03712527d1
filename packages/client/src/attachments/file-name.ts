/** In UTF-8 bytes, as file systems have it; with some room for what a program puts before or behind it. */
const MAX_BYTES = 200

/** Ends of names by types, for files without a name. */
const endings: ReadonlyMap<string, string> = new Map([
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/webp', 'webp'],
  ['image/gif', 'gif'],
  ['image/avif', 'avif'],
  ['video/mp4', 'mp4'],
  ['video/webm', 'webm'],
  ['video/quicktime', 'mov'],
  ['audio/mpeg', 'mp3'],
  ['audio/ogg', 'ogg'],
  ['audio/mp4', 'm4a'],
  ['audio/webm', 'webm'],
  ['audio/wav', 'wav'],
  ['audio/flac', 'flac'],
  ['application/pdf', 'pdf'],
  ['application/zip', 'zip'],
])

/** Control characters, marks of direction, separators of lines, what belongs to no character, and what file systems forbid. */
const unwanted =
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  /[\u{0}-\u{1f}\u{7f}-\u{9f}\u{61c}\u{200b}\u{200e}\u{200f}\u{2028}-\u{202e}\u{2060}-\u{2069}\u{fff9}-\u{fffb}\u{feff}\u{e0000}-\u{e007f}"*:<>?|]/gu
/** Names that stand for devices on some systems, whatever their ending. */
const reserved = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i

/**
 * A name that is safe to show and to give to a file system: of a path only the last part, without anything that could hide what
 * it is, at most 200 bytes. Without one it is made from the type.
 */
export function cleanFileName(text: string | undefined, contentType: string): string {
  const last = (text ?? '').toWellFormed().split(/[/\\]/).at(-1) ?? ''
  const cleaned = shorten(last.replaceAll(unwanted, '').trim())
    .replace(/^[. ]+/, '')
    .replace(/[. ]+$/, '')
  const name = reserved.test(cleaned) ? `_${cleaned}` : cleaned
  return name === '' ? `file.${endings.get(contentType) ?? 'bin'}` : name
}

/** Keeps the ending, and so many characters before it as there is room for. */
function shorten(name: string): string {
  if (bytesOf(name) <= MAX_BYTES) return name
  const dot = name.lastIndexOf('.')
  const ending = dot > 0 && name.length - dot <= 10 ? name.slice(dot) : ''
  let kept = ''
  let room = MAX_BYTES - bytesOf(ending)
  for (const character of name) {
    room -= bytesOf(character)
    if (room < 0) break
    kept += character
  }
  return kept + ending
}

function bytesOf(text: string): number {
  return encoder.encode(text).length
}

const encoder = new TextEncoder()
