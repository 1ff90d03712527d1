/** Joins the parts into one fresh array. No spec: plain work with bytes. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const joined = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/**
 * Orders by unsigned bytes, a prefix first: negative, zero or positive, as `Array.prototype.sort` wants it.
 * Its time depends on the contents, so it is for public bytes only; secrets are compared by `equalBytes` of crypto.
 * Spec 30 §1.
 */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** A view without the bytes of this value at the end: padding is zeros or spaces. Spec 10 §2.5, spec 30 §6.4. */
export function trimTail(bytes: Uint8Array, value = 0): Uint8Array {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === value) end--
  return bytes.subarray(0, end)
}
