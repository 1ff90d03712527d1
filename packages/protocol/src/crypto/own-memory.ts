/**
 * Zeros for a secret, in memory that stays where it is. Short arrays lie among the engine's own objects otherwise, which
 * its collector moves, and copies for libraries written in C: what was there before would not be wiped with them.
 * No spec: how secrets are handled is ours.
 */
export function ownMemory(size: number): Uint8Array {
  return new Uint8Array(new ArrayBuffer(size))
}
