import { encodeHex } from '@sotto/protocol/encoding'
import { type Route, type Routes, type ServerReply, type ServerRequest, textReply } from '@sotto/server'
import { namesLoopback, type Origins } from '../pipe/origins.ts'
import { type PublishedDirectory } from './published-directory.ts'

/** Where browsers find the signed list of nodes. */
export const directoryPath = '/.well-known/sotto/directory'
/** Where they find the key of the network on this machine, in hex. */
export const directoryKeyPath = '/.well-known/sotto/directory-key'

/** What the routes show. */
export interface DirectoryRoutesOptions {
  readonly published: PublishedDirectory
  readonly origins: () => Origins
  /** Only this machine can ask. */
  readonly isLocal: boolean
}

type Handle = (request: ServerRequest) => ServerReply

/** Routes of the signed list and of the key. Spec 60 §14, architecture §5. */
export function directoryRoutes({ published, origins, isLocal }: DirectoryRoutesOptions): Routes {
  const route = (handle: Handle): Route => ({
    maxBodyBytes: 0,
    ignoresBody: true,
    handle: request => withOrigin(handle(request), request.headers.get('origin'), origins()),
  })
  const file = route(request => fileReply(published, request))
  const key = route(request => keyReply(published, request))
  const routes = [
    [`GET ${directoryPath}`, file],
    [`HEAD ${directoryPath}`, file],
    [`GET ${directoryKeyPath}`, key],
  ] as const
  return new Map(isLocal && published.localKey !== undefined ? routes : routes.slice(0, 2))
}

/** The list is asked for again after a minute, and sent only if it is another one. */
function fileReply({ file }: PublishedDirectory, { headers }: ServerRequest): ServerReply {
  if (file === undefined) return textReply(503, 'The list of nodes has not been read yet')
  const caching = { etag: file.tag, 'cache-control': 'public, max-age=60' }
  const known = headers.get('if-none-match')?.split(',') ?? []
  if (known.some(each => each.trim().replace(/^W\//, '') === file.tag)) {
    return { status: 304, headers: caching, body: '' }
  }
  return { status: 200, headers: { 'content-type': 'application/json', ...caching }, body: file.bytes }
}

function keyReply({ localKey }: PublishedDirectory, { headers: asked }: ServerRequest): ServerReply {
  if (!namesLoopback(asked.get('host'))) return textReply(404, 'Not Found')
  const headers = { 'content-type': 'text/plain', 'cache-control': 'no-store' }
  return { status: 200, headers, body: localKey === undefined ? '' : encodeHex(localKey) }
}

/** Pages of other sites cannot read it, so that they do not learn that there is a gateway here. */
function withOrigin(reply: ServerReply, origin: string | undefined, origins: Origins): ServerReply {
  const headers = {
    ...reply.headers,
    vary: 'origin',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    ...(origins.names(origin) ? { 'access-control-allow-origin': origin } : {}),
  }
  return { ...reply, headers }
}
