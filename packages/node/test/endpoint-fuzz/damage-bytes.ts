import { bombed, flipBit, spliced, truncated } from '@sotto/testing'
import { type Draw } from './draw.ts'

const maxBytes = 200_000

/** Bytes that were damaged one to four times: cut, flipped, blown up, or mixed with a piece of their own. */
export function damageBytes(input: Uint8Array, draw: Draw): Uint8Array {
  let bytes = input
  const count = 1 + draw.below(4)
  for (let done = 0; done < count; done++) bytes = damageOnce(bytes, draw)
  return bytes.slice(0, maxBytes)
}

function damageOnce(bytes: Uint8Array, draw: Draw): Uint8Array {
  const at = draw.below(bytes.length + 1)
  switch (draw.below(7)) {
    case 0:
      return truncated(bytes, at)
    case 1:
      return flipBit(bytes, draw.below(8 * bytes.length + 1))
    case 2:
      return bombed(bytes, { at, kind: draw.below(6) })
    case 3:
      return spliced(bytes, { at, remove: draw.below(10), insert: draw.random(draw.below(20)) })
    case 4:
      return spliced(bytes, { at, remove: 0, insert: bytes.slice(at, at + draw.below(200)) })
    case 5:
      return spliced(bytes, { at, remove: 0, insert: new Uint8Array(draw.below(3000)).fill(draw.below(256)) })
    default:
      return draw.random(draw.below(300))
  }
}
