import { badImage, type ImageBytes, joinParts } from './image-bytes.ts'

const HEADER_BYTES = 13
const EXTENSION = 0x21
const PICTURE = 0x2c
const END = 0x3b
const GRAPHIC_CONTROL = 0xf9
const APPLICATION = 0xff
/** The applications whose extensions say how often the frames repeat. */
const loops: ReadonlySet<string> = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0'])

/** Without comments, texts and extensions of applications, but for how often it repeats. */
export function stripGif(image: ImageBytes): Uint8Array {
  let at = HEADER_BYTES + paletteBytes(image.byte(10))
  const kept = [image.part(0, at)]
  for (;;) {
    const start = at
    const mark = image.byte(at)
    if (mark === END) return joinParts([...kept, Uint8Array.of(END)])
    if (mark === PICTURE) at = skipBlocks(image, at + 11 + paletteBytes(image.byte(at + 9)))
    else if (mark === EXTENSION) at = skipBlocks(image, at + 2)
    else throw badImage(at)
    if (mark === PICTURE || isNeeded(image, start)) kept.push(image.part(start, at - start))
  }
}

function isNeeded(image: ImageBytes, at: number): boolean {
  const label = image.byte(at + 1)
  if (label === GRAPHIC_CONTROL) return true
  return label === APPLICATION && image.byte(at + 2) === 11 && loops.has(image.text(at + 3, 11))
}

/** Blocks begin with their length, and one of no length ends them. */
function skipBlocks(image: ImageBytes, start: number): number {
  let at = start
  for (;;) {
    const length = image.byte(at)
    at += length + 1
    if (length === 0) return at
  }
}

function paletteBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1)
}
