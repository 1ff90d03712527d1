import { randomFillSync } from 'node:crypto'
import type { RandomBytes } from '@sotto/protocol/crypto'

/** Bytes drawn at once, since one call for them costs as much as one for a nonce. */
const poolBytes = 4096
/** More than this is drawn alone. */
const mostPooled = 64

/** The system's source of chance. Only `main` files and adapters use this. */
export const systemRandom: RandomBytes = drawInAdvance()

/** What is given out is wiped where it was drawn: only its new owner has it. */
function drawInAdvance(): RandomBytes {
  const pool = new Uint8Array(poolBytes)
  let at = poolBytes
  return size => {
    if (size > mostPooled) return randomFillSync(new Uint8Array(size))
    if (at + size > poolBytes) {
      randomFillSync(pool)
      at = 0
    }
    const drawn = pool.slice(at, at + size)
    pool.fill(0, at, at + size)
    at += size
    return drawn
  }
}
