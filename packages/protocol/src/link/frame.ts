import { GATEWAY_PATH } from './gateway-proof.ts'

/** The name by which TLS agrees on this format (ALPN). See docs/protocol/node-link.md. */
export const LINK_PROTOCOL = 'sotto-link/1'

/** A node that announces this speaks it on the port of its HTTPS. See docs/protocol/node-link.md. */
export const LINK_CAPABILITY = 'node_link.1'

/**
 * One frame between two nodes: type 1 ‖ length of the payload 3 ‖ id 4 ‖ payload; numbers are big-endian. Only the side that
 * connected asks. The table is in docs/protocol/node-link.md.
 */
export type LinkFrame =
  | LinkRequestFrame
  | LinkReplyFrame
  /** The next piece of a request or, from the other side, of its reply; perhaps only a part of the frame that brought it. */
  | { readonly kind: 'data'; readonly id: number; readonly bytes: Uint8Array }
  /** Nobody waits for the answer any more; or, from the other side, there will be none. */
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'ping' | 'pong'; readonly id: number }
  /** The sender takes no new requests; what it has is answered. */
  | { readonly kind: 'go-away' }

/** Begins a request. See docs/protocol/node-link.md. */
export interface LinkRequestFrame {
  readonly kind: 'request'
  readonly id: number
  /** Of `linkPaths`; the receiver may not know it. */
  readonly path: number
  /** Bytes of the whole body. */
  readonly length: number
  /** The first of them, or all. */
  readonly bytes: Uint8Array
}

/** Begins a reply. See docs/protocol/node-link.md. */
export interface LinkReplyFrame {
  readonly kind: 'reply'
  readonly id: number
  /** As in HTTP, 200 to 599. */
  readonly status: number
  /** Of `linkTypes`; 0 is none that has a number. */
  readonly type: number
  readonly length: number
  readonly bytes: Uint8Array
}

/** The first byte of each kind. */
export const frameTypes = { request: 1, reply: 2, data: 3, cancel: 4, ping: 5, pong: 6, goAway: 7 } as const

/** type 1 ‖ length 3 ‖ id 4. */
export const HEADER_SIZE = 8
/** path 1 ‖ length of the body 4. */
export const REQUEST_HEAD = 5
/** status 2 ‖ content type 1 ‖ length of the body 4. */
export const REPLY_HEAD = 7
/** The most bytes of a body in one frame, so that what is large lets small things pass. */
export const MAX_PIECE = 16_384
/** The highest id; after it come low ones again. See docs/protocol/node-link.md. */
export const MAX_ID = 0xffff_ffff

/**
 * What can be asked, each by `POST`. A new path is a new line; numbers are never used again.
 * See docs/protocol/node-link.md.
 */
export const linkPaths: ReadonlyMap<number, string> = new Map([
  [1, '/sotto/v1/member'],
  [2, '/onion_req/v2'],
  [3, '/storage_rpc/v1'],
  [4, GATEWAY_PATH],
])

const pathCodes: ReadonlyMap<string, number> = new Map([...linkPaths].map(([code, path]) => [path, code]))

/** The number of a path. `undefined`: this format cannot ask for it. See docs/protocol/node-link.md. */
export function linkPathCode(path: string): number | undefined {
  return pathCodes.get(path)
}

/** The content types of replies that have a number. See docs/protocol/node-link.md. */
export const linkTypes: ReadonlyMap<number, string> = new Map([
  [1, 'text/plain'],
  [2, 'application/json'],
  [3, 'application/octet-stream'],
])

const typeCodes: ReadonlyMap<string | undefined, number> = new Map([...linkTypes].map(([code, type]) => [type, code]))

/** The number of a content type; 0 if it has none, or there is none. See docs/protocol/node-link.md. */
export function linkTypeCode(type: string | undefined): number {
  return typeCodes.get(type) ?? 0
}
