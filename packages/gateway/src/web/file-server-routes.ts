import { jsonReply, notFoundRoute, type Route, type Routes } from '@sotto/server'
import { namesLoopback } from '../pipe/origins.ts'

/** Where pages on this machine find the file server of its network. */
export const fileServerPath = '/.well-known/sotto/file-server'

/** The file server of a network on this machine. Of other networks clients know it. */
export interface LocalFileServer {
  readonly url: string
  /** 64 hex digits. */
  readonly ed25519: string
  /** The same key for onions, 64 hex digits. */
  readonly x25519: string
}

/** The route of the file server: for pages of this machine, as the key of its network is. Architecture §5. */
export function fileServerRoutes({ url, ed25519, x25519 }: LocalFileServer): Routes {
  const route: Route = {
    maxBodyBytes: 0,
    ignoresBody: true,
    handle: request => {
      if (!namesLoopback(request.headers.get('host'))) return notFoundRoute.handle(request)
      const { status, headers, body } = jsonReply(200, { url, ed25519, x25519 })
      const own = {
        'cache-control': 'no-store',
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
      }
      return { status, headers: { ...headers, ...own }, body }
    },
  }
  return new Map([[`GET ${fileServerPath}`, route]])
}
