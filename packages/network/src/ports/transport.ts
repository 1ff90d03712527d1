import { type NodeEntry } from '@sotto/registry'

/** How long a post may take and what ends it early. */
export interface PostOptions {
  /** From the call to the last byte of the reply, connecting included. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal
  /** Told how many bytes have gone and come so far. Not every way tells. Must not throw. */
  readonly onProgress?: (bytes: number) => void
}

/** What a guard answered. */
export interface PostReply {
  /** HTTP status. */
  readonly status: number
  /** At most 14 MiB: base64 of the largest reply. The caller's own. */
  readonly body: Uint8Array
  /** Nothing reads the posted bytes any more; absent where that is not known. */
  readonly requestIsFree?: boolean
}

/** The way to guards: sockets in Node, the gateway's pipe in browsers. Nobody else is ever asked directly. */
export interface Transport {
  /**
   * Posts an onion to a guard; any status is an answer.
   * @throws {NetworkError} `network.unreachable` if no connection comes about or it breaks, with `detail.local` where no guard
   * could have been reached, such as without a gateway; `network.timed-out`; `network.aborted` once the signal aborts
   */
  post(guard: NodeEntry, path: '/onion_req/v2', body: Uint8Array, options: PostOptions): Promise<PostReply>
}
