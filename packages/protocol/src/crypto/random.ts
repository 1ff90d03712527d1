/**
 * Draws `size` uniformly random bytes, a fresh array each time. Protocol code never draws on its own: the caller hands
 * its source in, and a test hands in one that repeats. No spec: how randomness is handed in is ours.
 */
export type RandomBytes = (size: number) => Uint8Array
