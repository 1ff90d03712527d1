import { notFoundRoute, type Route } from '@sotto/server'

/** A file of the app as it is served. */
export interface Asset {
  readonly bytes: Uint8Array
  readonly contentType: string
  /** By names in lower case: caching, content security policy and the like. */
  readonly headers: Readonly<Record<string, string>>
}

/** Finds what the app has at a path, which begins with a slash and is as it came: nothing is decoded. */
export type Assets = (path: string) => Asset | undefined | Promise<Asset | undefined>

/** Serves the app wherever no other route is. */
export function assetsRoute(assets: Assets): Route {
  return {
    maxBodyBytes: 0,
    ignoresBody: true,
    handle: async request => {
      const { method, path } = request
      const asset = method === 'GET' || method === 'HEAD' ? await assets(path) : undefined
      if (asset === undefined) return notFoundRoute.handle(request)
      const headers = { 'content-type': asset.contentType, 'x-content-type-options': 'nosniff', ...asset.headers }
      return { status: 200, headers, body: asset.bytes }
    },
  }
}
