/** Pieces as the engine takes them for its pages, and smaller ones for what it takes besides. Bytes. */
const PAGE_PIECE = 4368
const SMALL_PIECE = 512
/** A little more than the engine keeps of an account: see the cache of `Store`. */
const PAGE_BYTES = 18 * 1024 * 1024
const SMALL_BYTES = 2 * 1024 * 1024
/** Lists that go through the whole young generation of the runtime, where texts live for a moment: 40 MiB. */
const LISTS = 10_000
const LIST: readonly number[] = Array.from({ length: 512 }, () => 0)

/**
 * Overwrites most of what was given back to the allocators: neither the engine nor the runtime clears memory that it frees.
 * Takes zeroed pieces until what was free is used up, and lets go of them. Some 30 ms; it makes no promise. Spec 70 C2.
 */
export function overwriteFreed(): void {
  const held: unknown[] = []
  for (let bytes = 0; bytes < PAGE_BYTES; bytes += PAGE_PIECE) held.push(new Uint8Array(PAGE_PIECE))
  for (let bytes = 0; bytes < SMALL_BYTES; bytes += SMALL_PIECE) held.push(new Uint8Array(SMALL_PIECE))
  held.splice(0)
  for (let count = 0; count < LISTS; count++) held[0] = [...LIST]
}
