import type { Route, ServerReply, ServerRequest } from './route.ts'

const textHeaders = { 'content-type': 'text/plain' }
const jsonHeaders = { 'content-type': 'application/json' }

/** An answer in plain text. Spec 20 §3.1: errors of nodes are `text/plain`. */
export function textReply(status: number, text: string): ServerReply {
  return { status, headers: textHeaders, body: text }
}

/** An answer in JSON. `value` has no bigints and nothing secret. */
export function jsonReply(status: number, value: unknown): ServerReply {
  return { status, headers: jsonHeaders, body: JSON.stringify(value) }
}

/** Answers what no route is for, as nodes do: 404 `<method in lower case> <path without query> Not Found`. Spec 20 §3.1. */
export const notFoundRoute: Route = {
  maxBodyBytes: 10_485_760,
  ignoresBody: true,
  handle: ({ method, path }: ServerRequest) => textReply(404, `${method.toLowerCase()} ${path} Not Found`),
}
