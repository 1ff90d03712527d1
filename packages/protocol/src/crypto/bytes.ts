import { backend } from '#backend'

/**
 * Compares in a time that depends on the lengths only. Lengths are not secret: different ones give `false` at once.
 * No spec: how secrets are handled is ours.
 */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && backend.equal(a, b)
}

/**
 * Overwrites with zeros what held a secret. Changes its argument; that is its purpose.
 * No spec: how secrets are handled is ours.
 */
export function wipeBytes(bytes: Uint8Array): void {
  bytes.fill(0)
}
