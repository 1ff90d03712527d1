/** What a message can carry, and how pictures are made smaller for it. Spec 50 §0. */
export const attachLimits = {
  /** Of a file as it is sent, where nothing better is known; always of a picture. */
  bytes: 10_000_000,
  /** Pictures and videos that go together. */
  together: 32,
  /** Of a picture before it is made smaller: it is in memory as a whole. */
  pictureFileBytes: 64_000_000,
  /** Of a picture, so that it can be unpacked. */
  pixels: 50_000_000,
  /** Longest side of a picture that is sent. */
  side: 4096,
} as const
