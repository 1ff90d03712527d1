import { type RpcOrigin } from './rpc-origin.ts'

/** What stands around a request while it is answered. */
export interface Call {
  readonly origin: RpcOrigin
  /** Unix ms, when the request arrived: signed times are judged by it. */
  readonly arrivedAt: number
  /** Who waits for the answer. Writes that were begun are finished even if nobody does. */
  readonly waiter: Waiter
}

/** Somebody who waits for an answer. The signal is made only if somebody asks for it: few requests last long enough. */
export interface Waiter {
  /** Aborts when nobody waits any more. */
  readonly signal: AbortSignal
}
