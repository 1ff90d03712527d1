const maxBytes = 100

/** Names have room for 100 bytes, and letters take one to four of them. Spec 50 §0. */
export function isNicknameTooLong(name: string): boolean {
  return new TextEncoder().encode(name.trim()).length > maxBytes
}
