/** A checksum whose bits are not mirrored and which begins with 0, of 32 bits or of fewer that stand at the left. */
export function checksumOf(polynomial: number, bytes: Uint8Array): number {
  let sum = 0
  for (const byte of bytes) {
    sum ^= byte << 24
    for (let bit = 0; bit < 8; bit++) sum = sum < 0 ? (sum << 1) ^ polynomial : sum << 1
  }
  return sum >>> 0
}
