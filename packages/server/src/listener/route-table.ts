import { SottoError } from '@sotto/protocol/error'
import { internalErrorReply, type ErrorReply } from './error-reply.ts'
import { notFoundRoute, textReply } from './reply.ts'
import type { Route, Routes, ServerReply, ServerRequest } from './route.ts'
import type { RequestWay, UnhandledErrors } from './unhandled-errors.ts'

/** What a table of routes is made of. */
export interface RouteTableOptions {
  readonly routes: Routes
  /** For requests that no route is for; by default the 404 of spec 20 §3.1. */
  readonly fallback?: Route | undefined
  /** Answers to errors that handlers throw on purpose; by default all are 500. */
  readonly errorReply?: ErrorReply | undefined
  readonly unhandled: UnhandledErrors
}

/** The answer to a body that is larger than its route allows. Spec 20 §3.1. */
export const tooLargeReply = textReply(413, 'Request body too large')

/** Finds the route of a request, and an answer to whatever its handler throws. */
export class RouteTable {
  readonly #options: RouteTableOptions
  readonly #fallback: Route

  constructor(options: RouteTableOptions) {
    this.#options = options
    this.#fallback = options.fallback ?? notFoundRoute
  }

  /** Never fails: what has no route has the fallback. */
  find(method: string, path: string): Route {
    return this.#options.routes.get(`${method} ${path}`) ?? this.#fallback
  }

  /** The answer to an error. One that nobody expected is counted and answered with 500. */
  replyFor(error: unknown, way: RequestWay): ServerReply {
    const known = error instanceof SottoError ? this.#options.errorReply?.(error) : undefined
    if (known !== undefined) return known
    this.#options.unhandled.report(error, way)
    return internalErrorReply
  }

  /** Answers a request that did not come by the listener itself. Never throws. */
  async answer(request: ServerRequest, way: RequestWay): Promise<ServerReply> {
    const route = this.find(request.method, request.path)
    if (request.body.length > route.maxBodyBytes) return route.tooLarge ?? tooLargeReply
    try {
      return await route.handle(request)
    } catch (error) {
      return this.replyFor(error, way)
    }
  }
}
