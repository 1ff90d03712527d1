import { MAX_BODY_BYTES } from '@sotto/protocol/storage'
import { type Route, type ServerReply } from '@sotto/server'
import { type RpcReply } from '../rpc/rpc-reply.ts'
import { type StorageRpc } from '../rpc/storage-rpc.ts'
import { type ClientGate } from './client-gate.ts'
import { isObsolete, notReady, obsoleteClient, tooManyRequests } from './http-replies.ts'

/** What answering storage requests over HTTPS needs. */
export interface StorageRouteParts {
  readonly rpc: Pick<StorageRpc, 'answer'>
  readonly gate: Pick<ClientGate, 'admitRpc'>
  /** Why the node does not work; none if it does. */
  readonly blockers: () => readonly string[]
}

/** `POST /storage_rpc/v1`. The status of the reply is that of the RPC. Spec 20 §3.1. */
export function storageRoute({ rpc, gate, blockers }: StorageRouteParts): Route {
  return {
    maxBodyBytes: MAX_BODY_BYTES,
    releasesBody: true,
    handle: request => {
      const { body, headers, peer } = request
      if (isObsolete(headers)) return obsoleteClient
      const reasons = blockers()
      if (reasons.length > 0) return notReady(reasons)
      if (!gate.admitRpc(peer)) return tooManyRequests
      return rpc.answer(body, 'client', request).then(httpReply)
    },
  }
}

function httpReply({ status, contentType, body }: RpcReply): ServerReply {
  return { status, headers: { 'content-type': contentType }, body }
}
