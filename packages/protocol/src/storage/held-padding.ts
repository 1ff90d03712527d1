const KIBIBYTE = 1024
const sizes = [4, 8, 16, 32, 64, 128].map(size => size * KIBIBYTE)
const STEP = 256 * KIBIBYTE
const SPACE = 0x20

/**
 * The size that a held retrieve or its reply is padded to: 4, 8, 16, 32, 64 or 128 KiB, or a multiple of 256 KiB. All sizes in
 * one step look the same on the wire. Spec 21 §4.
 */
export function paddedSize(size: number): number {
  return sizes.find(padded => padded >= size) ?? Math.ceil(size / STEP) * STEP
}

/** The bytes with spaces behind them, `size` in all. Every JSON parser takes that. Spec 21 §4. */
export function padWithSpaces(json: Uint8Array, size: number): Uint8Array {
  if (json.length >= size) return json
  const padded = new Uint8Array(size).fill(SPACE)
  padded.set(json)
  return padded
}
