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
  /**
   * The body as it comes, on a route that takes it in pieces; then `body` is empty. Reading fails with a `BodyError`. What is not
   * read costs the client its connection.
   */
  readonly pieces?: AsyncIterable<Uint8Array> | undefined
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
  /** What the body lies in, and nothing else: where the listener knows when that has been sent, it gives the memory back. */
  readonly memory?: Uint8Array | undefined
  /** Sent in place of `body`, piece by piece as the client takes them; over HTTP only. */
  readonly pieces?: ReplyPieces
}

/** A body that is not in memory. */
export interface ReplyPieces {
  /** Of all of them: the announced length. */
  readonly sizeBytes: number
  /** Is asked to return early when the client goes away. */
  readonly chunks: AsyncIterable<Uint8Array>
}

/** How a body is taken piece by piece. */
export interface PiecewiseBody {
  /** A client that sends nothing for so long is given up with 408. The listener's `bodyTimeoutMs` holds for HTTP/1.1 besides. */
  readonly idleMs: number
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
  /** Set where `handle` reads `pieces`: only over HTTP; requests inside an onion have all of their body. */
  readonly piecewise?: PiecewiseBody
  /** The answer to a body that is larger than allowed; by default 413 in plain text. */
  readonly tooLarge?: ServerReply
  /** May throw: see `ErrorReply`. */
  handle(request: ServerRequest): ServerReply | Promise<ServerReply>
}

/** Routes by `METHOD /path`, both exactly as they come. */
export type Routes = ReadonlyMap<string, Route>
