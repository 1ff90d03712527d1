import { decodeBase32z, encodeBase32z, EncodingError } from '../encoding/index.ts'
import { SwarmError } from './swarm-error.ts'

const SUFFIX = '.snode'
const DIGITS = 52

/**
 * z-base-32 of the node's 32-byte legacy key (52 digits), then `.snode`. Spec 20 §3.13; also the `Host` of reachability
 * tests, §6.
 * @throws {SwarmError} `swarm.bad-address` unless there are 32 bytes
 */
export function formatNodeAddress(legacyKey: Uint8Array): string {
  if (legacyKey.length !== 32) throw new SwarmError('swarm.bad-address', { length: legacyKey.length })
  return encodeBase32z(legacyKey) + SUFFIX
}

/**
 * The 32-byte key in an address. Lower case only, as everybody writes it. Spec 20 §3.13.
 * @throws {SwarmError} `swarm.bad-address`
 */
export function parseNodeAddress(address: string): Uint8Array {
  const { length } = address
  if (length !== DIGITS + SUFFIX.length || !address.endsWith(SUFFIX))
    throw new SwarmError('swarm.bad-address', { length })
  try {
    return decodeBase32z(address.slice(0, DIGITS))
  } catch (cause) {
    if (cause instanceof EncodingError) throw new SwarmError('swarm.bad-address', { length }, { cause })
    throw cause
  }
}
