import { type ExpireResult, type MessageHash } from '@sotto/protocol/storage'

/**
 * When a message ends by what most members of a swarm say (Unix ms), so that one alone cannot end it. A member that does not know
 * it any more says that it has ended. `undefined` if no member said anything.
 */
export function agreedExpiry(hash: MessageHash, results: readonly ExpireResult[], now: number): number | undefined {
  const said = results.map(result => expiryIn(hash, result) ?? now).toSorted((a, b) => a - b)
  return said[Math.floor(said.length / 2)]
}

function expiryIn(hash: MessageHash, { expiry, unchanged, updated }: ExpireResult): number | undefined {
  const at = updated.indexOf(hash)
  if (at < 0) return unchanged?.get(hash)
  return typeof expiry === 'number' ? expiry : expiry[at]
}
