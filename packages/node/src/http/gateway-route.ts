import { encodeHex } from '@sotto/protocol/encoding'
import { type Ed25519PublicKey } from '@sotto/protocol/crypto'
import { verifyGatewayProof } from '@sotto/protocol/link'
import { type Route, textReply } from '@sotto/server'
import { type ClientGate } from './client-gate.ts'

const known = textReply(200, 'OK')
const unknown = textReply(403, 'Unknown gateway')
/** Requests came before the name: they were counted as those of one client, and so are the rest. */
const late = textReply(409, 'Too late')

/** `POST /sotto/v1/gateway`: a gateway proves that this connection is its own. See docs/protocol/node-link.md. */
export function gatewayRoute(gateways: readonly Ed25519PublicKey[], gate: Pick<ClientGate, 'nameGateway'>): Route {
  const trusted = new Set(gateways.map(encodeHex))
  return {
    maxBodyBytes: 1024,
    handle: ({ body, binding, peer }) => {
      const gateway = binding === undefined ? undefined : verifyGatewayProof(body, binding)
      if (gateway === undefined || !trusted.has(encodeHex(gateway))) return unknown
      return gate.nameGateway(peer) ? known : late
    },
  }
}
