import { badImage } from '../images/image-bytes.ts'
import { type Box } from './boxes.ts'
import { type Patch } from './reading.ts'

/** In a handler: behind what it is for stand its maker (in QuickTime) and its name, which says what program wrote it. */
export function nameOf({ at, end, start }: Box): Patch {
  if (end < start + 12) throw badImage(at)
  return { at: start + 12, length: end - start - 12 }
}
