import { blake2b } from '../crypto/index.ts'
import { utf8Encode } from '../encoding/index.ts'

/**
 * What a push server remembers of a notification that it passed on, because each member of a swarm reports the message:
 * BLAKE2b-32(service ‖ id of the device at the service ‖ message hash). Kept for 5 to 10 minutes. Spec 40 §9.3.
 */
export function pushDuplicateKey(service: string, serviceId: string, hash: string): Uint8Array {
  return blake2b(32, utf8Encode(service + serviceId + hash))
}
