import { MAX_ONION_SIZE } from '@sotto/protocol/onion'
import { type RemoteAddress, type Route, type ServerReply } from '@sotto/server'
import { type OnionRelay } from '../onion/onion-relay.ts'
import { type OnionReply } from '../onion/onion-reply.ts'
import { type ClientGate } from './client-gate.ts'
import { isObsolete, obsoleteClient, serverBusy, tooManyRequests } from './http-replies.ts'

/** What taking onions from clients needs. */
export interface OnionRouteParts {
  readonly relay: Pick<OnionRelay, 'enter'>
  readonly gate: Pick<ClientGate, 'admitOnion' | 'onionOver'>
}

/** `POST /onion_req/v2`: the node as a guard. Spec 20 §4.1. */
export function onionRoute({ relay, gate }: OnionRouteParts): Route {
  // Without `async`: a function that waits keeps its arguments, and the body is of no use any more then.
  const enter = (body: Uint8Array, peer: RemoteAddress): Promise<ServerReply> =>
    relay
      .enter(body)
      .then(httpReply)
      .finally(() => gate.onionOver(peer))
  return {
    maxBodyBytes: MAX_ONION_SIZE,
    releasesBody: true,
    handle: ({ body, headers, peer }) => {
      if (isObsolete(headers)) return obsoleteClient
      const admission = gate.admitOnion(peer, body.length)
      if (admission === 'limited') return tooManyRequests
      return admission === 'busy' ? serverBusy : enter(body, peer)
    },
  }
}

/** Status, content type and body, and nothing else, whoever answered. Spec 20 §4.7. */
function httpReply({ status, body, contentType, memory }: OnionReply): ServerReply {
  return { status, headers: { 'content-type': contentType ?? 'text/plain' }, body, memory }
}
