import type { RemoteAddress } from './remote-address.ts'

/** Headers by their names in lower case. A `Map` is one. */
export interface RequestHeaders {
  get(name: string): string | undefined
  has(name: string): boolean
  entries(): Iterable<[string, string]>
}

/** A request with all of its body. */
export interface ServerRequest {
  /** As it came; in practice upper case. */
  readonly method: string
  /** As it came, without the query: nothing is decoded. */
  readonly path: string
  /** What stands after the first question mark, as it came; empty if there is none. */
  readonly query: string
  readonly headers: RequestHeaders
  /** Not larger than the route allows. Perhaps a view: copy what is kept. */
  readonly body: Uint8Array
  /** Who is at the other end of the connection. For limits only: it shows no address. */
  readonly peer: RemoteAddress
  /** Aborts when the client goes away before it has its answer, and when a stopping server waits no longer. */
  readonly signal: AbortSignal
  /** Bytes that only the two ends of its connection know, to prove things by; only on links. See docs/protocol/node-link.md. */
  readonly binding?: Uint8Array | undefined
}

/** An answer. `content-length` is added; text is sent as UTF-8. */
export interface ServerReply {
  /** 200 to 599. */
  readonly status: number
  /** By names in lower case. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body: Uint8Array | string
}

/** What answers requests to one method and path. */
export interface Route {
  /** A larger body is answered with 413 and not read. */
  readonly maxBodyBytes: number
  /** Set where no body matters: answers at once, and a connection with one that is not read is closed. */
  readonly ignoresBody?: boolean
  /**
   * Set where `handle` looks at the body only before its first wait: then a request that waits long keeps no room for it.
   */
  readonly releasesBody?: boolean
  /** May throw: see `ErrorReply`. */
  handle(request: ServerRequest): ServerReply | Promise<ServerReply>
}

/** Routes by `METHOD /path`, both exactly as they come. */
export type Routes = ReadonlyMap<string, Route>
