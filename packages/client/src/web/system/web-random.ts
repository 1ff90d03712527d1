import { type RandomBytes } from '@sotto/protocol/crypto'

/** The browser gives no more at once. */
const mostBytes = 65_536

/** The browser's source of chance. */
export const webRandom: RandomBytes = size => {
  const bytes = new Uint8Array(size)
  for (let at = 0; at < size; at += mostBytes) crypto.getRandomValues(bytes.subarray(at, at + mostBytes))
  return bytes
}
