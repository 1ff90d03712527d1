import { notFoundRoute, type RequestHeaders, type Route, type ServerReply } from '@sotto/server'
import { chooseEncoding, type Encoding } from './choose-encoding.ts'

/** A file of the app as it is served. */
export interface Asset {
  readonly bytes: Uint8Array
  readonly contentType: string
  /** By names in lower case: caching, content security policy and the like. */
  readonly headers: Readonly<Record<string, string>>
  /** Compressed copies. */
  readonly encodings?: ReadonlyMap<Encoding, Uint8Array>
  /** Names the bytes in caches: hex, without quotes. Each encoding makes a tag of its own of it. */
  readonly tag?: string
}

/** Of a request: what the answer may depend on. */
export interface AssetRequest {
  /** What the client calls this server: `chat.example.org`, `localhost:22080`. As it came. */
  readonly host: string | undefined
}

/** Finds what the app has at a path, which begins with a slash and is as it came: nothing is decoded. */
export type Assets = (path: string, request: AssetRequest) => Asset | undefined | Promise<Asset | undefined>

/** Serves the app wherever no other route is. */
export function assetsRoute(assets: Assets): Route {
  return {
    maxBodyBytes: 0,
    ignoresBody: true,
    handle: async request => {
      const { method, path, headers } = request
      const isRead = method === 'GET' || method === 'HEAD'
      const asset = isRead ? await assets(path, { host: headers.get('host') }) : undefined
      return asset === undefined ? notFoundRoute.handle(request) : replyWith(asset, headers)
    },
  }
}

function replyWith(asset: Asset, request: RequestHeaders): ServerReply {
  const { contentType, tag, encodings } = asset
  const encoding = chooseEncoding(request.get('accept-encoding'), encodings)
  const named = tag === undefined ? undefined : `"${tag}${encoding === undefined ? '' : `-${encoding}`}"`
  const headers = {
    'x-content-type-options': 'nosniff',
    ...asset.headers,
    ...(encodings === undefined ? {} : { vary: 'accept-encoding' }),
    ...(named === undefined ? {} : { etag: named }),
  }
  if (named !== undefined && isKnown(request.get('if-none-match'), named)) return { status: 304, headers, body: '' }
  const bytes = encoding === undefined ? asset.bytes : (encodings?.get(encoding) ?? asset.bytes)
  const encoded = encoding === undefined ? {} : { 'content-encoding': encoding }
  return { status: 200, headers: { 'content-type': contentType, ...headers, ...encoded }, body: bytes }
}

function isKnown(header: string | undefined, tag: string): boolean {
  const known = header?.split(',') ?? []
  return known.some(each => each.trim().replace(/^W\//, '') === tag)
}
