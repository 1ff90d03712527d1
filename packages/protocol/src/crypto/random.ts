/**
 * Draws `size` uniformly random bytes, a fresh array each time. Protocol code never draws on its own: the caller hands
 * its source in, and a test hands in one that repeats.
 */
export type RandomBytes = (size: number) => Uint8Array
