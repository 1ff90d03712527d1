import {
  errorReply,
  failedReply,
  type MethodName,
  type Outcome,
  StorageError,
  type StorageRequest,
} from '@sotto/protocol/storage'
import { type Call } from './call.ts'
import { type Handler } from './methods/handler.ts'
import { handlers } from './methods/table.ts'
import { type NodeContext } from './node-context.ts'

/** Finds the method of a request and runs it. Spec 20 §3. */
export class RequestRunner {
  readonly #node: NodeContext
  readonly #onFailure: (cause: unknown) => void
  readonly #onRequest: (method: MethodName) => void

  /** `onRequest` is told of each request, those inside others among them. */
  constructor(
    node: NodeContext,
    onFailure: (cause: unknown) => void,
    onRequest: (method: MethodName) => void = () => undefined,
  ) {
    this.#node = node
    this.#onFailure = onFailure
    this.#onRequest = onRequest
  }

  /** Never rejects: refusals and failures are outcomes. */
  run(request: StorageRequest, call: Call): Promise<Outcome> {
    try {
      return this.#settle(this.#handle(request, call))
    } catch (error) {
      return Promise.resolve(this.#outcomeOf(error))
    }
  }

  async #settle(running: Outcome | Promise<Outcome>): Promise<Outcome> {
    try {
      return await running
    } catch (error) {
      return this.#outcomeOf(error)
    }
  }

  #handle<M extends MethodName>({ method, params }: StorageRequest<M>, call: Call): Outcome | Promise<Outcome> {
    this.#onRequest(method)
    const handler: Handler<M> = handlers[method]
    return handler(params, call, this.#node, inner => this.run(inner, call))
  }

  #outcomeOf(error: unknown): Outcome {
    if (error instanceof StorageError) return { kind: 'refused', ...errorReply(error) }
    this.#onFailure(error)
    return { kind: 'refused', ...failedReply }
  }
}
