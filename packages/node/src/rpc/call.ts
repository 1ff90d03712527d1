import { type RpcOrigin } from './rpc-origin.ts'

/** What stands around a request while it is answered. */
export interface Call {
  readonly origin: RpcOrigin
  /** Unix ms, when the request arrived: signed times are judged by it. */
  readonly arrivedAt: number
  /** Aborts when nobody waits for the answer any more. Writes that were begun are finished all the same. */
  readonly signal: AbortSignal
}
