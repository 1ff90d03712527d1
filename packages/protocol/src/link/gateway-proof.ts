import {
  type Ed25519KeyPair,
  type Ed25519PublicKey,
  ed25519PublicKey,
  ed25519Sign,
  ed25519Signature,
  ed25519Verify,
} from '../crypto/index.ts'
import { concatBytes, utf8Encode } from '../encoding/index.ts'

/** Where a gateway tells its name, as the first request of a connection. See docs/protocol/node-link.md. */
export const GATEWAY_PATH = '/sotto/v1/gateway'

/** Label and length of what TLS derives for both ends of a connection, and for nobody else (RFC 5705). See docs/protocol/node-link.md. */
export const LINK_BINDING = { label: 'EXPORTER-sotto-link-1', bytes: 32 } as const

const label = utf8Encode('sotto-gateway-1')
const keyBytes = 32
const proofBytes = 96

/**
 * A gateway's Ed25519 key 32 ‖ its signature 64 of label ‖ `binding`: says who is at the other end of this connection, and
 * is worth nothing on any other. See docs/protocol/node-link.md.
 */
export function createGatewayProof(gateway: Ed25519KeyPair, binding: Uint8Array): Uint8Array {
  return concatBytes(gateway.publicKey, ed25519Sign(gateway, concatBytes(label, binding)))
}

/** Whose connection it is; `undefined` if that is not proved. See docs/protocol/node-link.md. */
export function verifyGatewayProof(proof: Uint8Array, binding: Uint8Array): Ed25519PublicKey | undefined {
  if (proof.length !== proofBytes || binding.length !== LINK_BINDING.bytes) return undefined
  const gateway = ed25519PublicKey(proof.slice(0, keyBytes))
  const signature = ed25519Signature(proof.subarray(keyBytes))
  return ed25519Verify(gateway, concatBytes(label, binding), signature) ? gateway : undefined
}
