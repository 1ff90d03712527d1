import {
  type MethodName,
  type MethodParams,
  type MethodReplies,
  type Outcome,
  type StorageRequest,
} from '@sotto/protocol/storage'
import { type Call } from '../call.ts'
import { type NodeContext } from '../node-context.ts'

/** Carries out a request that is inside of another one. */
type RunInner = (request: StorageRequest) => Promise<Outcome>

/**
 * Carries out one method. What a request is refused for may be the outcome, or be thrown as a `StorageError`.
 */
export type Handler<M extends MethodName> = (
  params: MethodParams[M],
  call: Call,
  node: NodeContext,
  run: RunInner,
) => Outcome | Promise<Outcome>

/** The outcome 200. */
export function replied<M extends MethodName>(method: M, reply: MethodReplies[M], status = 200): Outcome {
  // The two belong together by their type; spelled out, the union of all methods cannot be built generically.
  return { kind: 'reply', method, status, reply } as Outcome
}

/** A status with a plain text. */
export function refused(status: number, text: string): Outcome {
  return { kind: 'refused', status, text }
}
