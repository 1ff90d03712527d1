import { compareBytes } from '@sotto/protocol/encoding'
import { RegistryError } from '../registry-error.ts'
import { type VerifiedRegistry } from './verify-registry.ts'

/**
 * Whether a verified list takes the place of another: `false` if both are the same. Only a higher sequence number of the
 * same network does; so nobody can hand out an old list, or two lists of one number, to a program that has seen more.
 * Spec 60 §14.
 * @throws {RegistryError} `registry.other-network`, `registry.not-newer`
 */
export function replacesRegistry(current: VerifiedRegistry, next: VerifiedRegistry): boolean {
  if (next.networkId !== current.networkId) throw new RegistryError('registry.other-network')
  if (next.sequence > current.sequence) return true
  if (next.sequence === current.sequence && compareBytes(next.payload, current.payload) === 0) return false
  throw new RegistryError('registry.not-newer')
}
