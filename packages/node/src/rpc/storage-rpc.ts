import {
  encodeOutcome,
  encodingOf,
  type Encoding,
  formatOutcome,
  type Outcome,
  parseNamedRequest,
  parseRequest,
  StorageError,
  type StorageRequest,
} from '@sotto/protocol/storage'
import { type Call, type Waiter } from './call.ts'
import { brokenReply, refusedReply, replyOf, type RpcReply } from './rpc-reply.ts'
import { type RpcOrigin } from './rpc-origin.ts'
import { type RunRequest } from './run-request.ts'

/** What `StorageRpc` needs. */
export interface StorageRpcParts {
  /** Carries out a request that was read. */
  readonly run: RunRequest
  /** Unix ms. */
  readonly now: () => number
  /** Told of what should not have happened, and was answered with 500. */
  readonly onFailure: (cause: unknown) => void
}

/**
 * The storage RPC of a node: takes the bytes of a request, gives the bytes of the answer. Never throws: what is wrong with a
 * request becomes its status, everything else 500 `request failed`. Spec 20 §3.1, §3.17.
 */
export class StorageRpc {
  readonly #parts: StorageRpcParts

  constructor(parts: StorageRpcParts) {
    this.#parts = parts
  }

  /** Answers `{"method", "params"}` in JSON, as it comes over HTTPS and out of an onion. */
  answer(body: Uint8Array, origin: RpcOrigin, waiter: Waiter): Promise<RpcReply> {
    return this.#answer(() => parseRequest(body), 'json', origin, waiter)
  }

  /** Answers parameters alone, in JSON or bencoding, where the method is named beside them. */
  answerNamed(method: string, body: Uint8Array, origin: RpcOrigin, waiter: Waiter): Promise<RpcReply> {
    return this.#answer(() => parseNamedRequest(method, body), encodingOf(body), origin, waiter)
  }

  /** What waits for its answer keeps neither the bytes nor the request: there may be many that are held. */
  #answer(parse: () => StorageRequest, encoding: Encoding, origin: RpcOrigin, waiter: Waiter): Promise<RpcReply> {
    const { now, run } = this.#parts
    try {
      const call: Call = { origin, arrivedAt: now(), waiter }
      const request = parse()
      const pad = request.method === 'held_retrieve' && request.params.pad
      return this.#reply(run(request, call), encoding, pad)
    } catch (cause) {
      return Promise.resolve(this.#refuse(cause))
    }
  }

  async #reply(running: Promise<Outcome>, encoding: Encoding, pad: boolean): Promise<RpcReply> {
    try {
      const outcome = await running
      const reply = replyOf(encoding === 'json' ? formatOutcome(outcome) : encodeOutcome(outcome, encoding))
      return pad ? { ...reply, pad } : reply
    } catch (cause) {
      return this.#refuse(cause)
    }
  }

  #refuse(cause: unknown): RpcReply {
    if (cause instanceof StorageError) return refusedReply(cause)
    this.#parts.onFailure(cause)
    return brokenReply
  }
}
