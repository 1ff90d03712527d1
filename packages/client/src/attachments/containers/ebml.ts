import { badImage } from '../images/image-bytes.ts'
import { type Patch, read, type Reading } from './reading.ts'

/** An element of EBML: id 1 to 4 ‖ length 1 to 8 ‖ what is in it. RFC 8794 §5, §6. */
export interface Element {
  readonly id: number
  readonly at: number
  /** Of what is in it. */
  readonly start: number
  /** `undefined`: it ends where something begins that cannot be in it. */
  readonly end: number | undefined
}

/** An element whose end is known. */
export interface ClosedElement extends Element {
  readonly end: number
}

const HEAD_BYTES = 12
const MAX_ELEMENTS = 50_000

/** The element that begins here. */
export function* readElement(at: number, limit: number): Reading<Element> {
  const head = yield* read(at, Math.min(HEAD_BYTES, limit - at))
  const idBytes = Math.clz32(head.byte(0)) - 23
  if (idBytes > 4) throw badImage(at)
  let id = 0
  for (let place = 0; place < idBytes; place++) id = id * 256 + head.byte(place)
  const first = head.byte(idBytes)
  const sizeBytes = Math.clz32(first) - 23
  if (sizeBytes > 8) throw badImage(at)
  let size = first & (0xff >> sizeBytes)
  let isOpen = size === 0xff >> sizeBytes
  for (let place = 1; place < sizeBytes; place++) {
    const byte = head.byte(idBytes + place)
    size = size * 256 + byte
    isOpen &&= byte === 0xff
  }
  const start = at + idBytes + sizeBytes
  if (isOpen) return { id, at, start, end: undefined }
  if (start + size > limit) throw badImage(at)
  return { id, at, start, end: start + size }
}

/** The elements that fill another one. */
export function* readElements({ end, start }: ClosedElement): Reading<readonly ClosedElement[]> {
  const elements: ClosedElement[] = []
  for (let at = start; at < end;) {
    const element = closed(yield* readElement(at, end))
    if (elements.push(element) > MAX_ELEMENTS) throw badImage(at)
    at = element.end
  }
  return elements
}

/** Refuses one whose end is not known. */
export function closed({ end, ...element }: Element): ClosedElement {
  if (end === undefined) throw badImage(element.at)
  return { ...element, end }
}

/** An element of the same length that everybody skips: `ec`, its length in 1 or 8 bytes, zeros. RFC 8794 §11.3.2. */
export function voidElement({ at, end }: ClosedElement): Patch {
  const length = end - at
  if (length < 128) return { at, length, head: Uint8Array.of(0xec, 0x80 | (length - 2)) }
  const head = new Uint8Array(9)
  new DataView(head.buffer).setBigUint64(1, BigInt(length - 9))
  head.set([0xec, 0x01])
  return { at, length, head }
}
