import { OnionError, parseEndpoint } from '@sotto/protocol/onion'
import { textReply } from '../listener/reply.ts'
import type { RequestHeaders, ServerReply, ServerRequest } from '../listener/route.ts'
import type { RouteTable } from '../listener/route-table.ts'

/** A request that came inside an onion. */
export interface InnerRequest {
  readonly method: string
  /** Path and query. */
  readonly endpoint: string
  readonly headers: RequestHeaders
  readonly body: Uint8Array
}

/**
 * Answers an inner request. Its path is percent-decoded first, strictly: what cannot be decoded is 400. The peer is the
 * exit node's, and its going away is the client's.
 */
export async function answerInner(
  table: RouteTable,
  { method, endpoint, headers, body }: InnerRequest,
  outer: ServerRequest,
): Promise<ServerReply> {
  const target = decode(endpoint)
  if (target === undefined) return textReply(400, 'Invalid endpoint')
  return table.answer({ method, ...target, headers, body, peer: outer.peer, signal: outer.signal }, 'onion')
}

function decode(endpoint: string): { readonly path: string; readonly query: string } | undefined {
  try {
    return parseEndpoint(endpoint)
  } catch (error) {
    if (error instanceof OnionError) return undefined
    throw error
  }
}
