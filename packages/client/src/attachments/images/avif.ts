import { badImage, type ImageBytes, type ImageSize } from './image-bytes.ts'

/** The properties stand near the beginning. */
const SEARCHED_BYTES = 65_536
const letters = [0x69, 0x73, 0x70, 0x65] // ispe

/** The largest of the sizes that it names: thumbnails and tiles have some, too. */
export function sizeOfAvif(image: ImageBytes): ImageSize {
  const head = image.bytes.subarray(0, SEARCHED_BYTES)
  let largest: ImageSize | undefined
  for (let at = head.indexOf(0x69); at >= 0; at = head.indexOf(0x69, at + 1)) {
    if (!letters.every((letter, index) => head[at + index] === letter)) continue
    const size = { width: image.uint32(at + 8), height: image.uint32(at + 12) }
    if (largest === undefined || size.width * size.height > largest.width * largest.height) largest = size
  }
  if (largest === undefined) throw badImage(0)
  return largest
}
