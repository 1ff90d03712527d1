import { type ServerReply, type SwarmSession } from '@sotto/network'
import { type FileRequest, type FileServer, fileServerOnionKey } from '@sotto/protocol/attachment'
import { parseServerAddress, type ServerDestination, V4_TARGET } from '@sotto/protocol/onion'
import { AttachmentsError } from './attachments-error.ts'

/** How long one request may take, with a second try over another path. */
const DEADLINE_MS = 60_000
/** And with the time that a slow connection needs for what goes or comes, twice: bytes a millisecond. */
const LEAST_RATE = 50

/** What is asked of which server. */
export interface FileServerCall {
  readonly session: SwarmSession
  readonly server: FileServer
  readonly request: FileRequest
  readonly body?: Uint8Array
  /** How long the answer will be, as far as it is known. */
  readonly replyBytes?: number
  /** Told how many bytes have gone and come so far, where that is known. */
  readonly onProgress?: ((bytes: number) => void) | undefined
  readonly signal: AbortSignal
}

/** What it answered, in memory as `ServerReply` tells. */
export type FileServerAnswer = Pick<ServerReply, 'body' | 'memory'>

/**
 * Asks a file server through the network: it and whoever named it never see who asks. Asking twice does no harm. Returns what
 * it answers. Spec 10 §6.4.
 * @throws {AttachmentsError} `attachments.gone`, `attachments.refused`, `attachments.server-failed`
 * @throws {NetworkError}
 * @throws {OnionError} `onion.bad-destination` @throws {CryptoError} `crypto.bad-point`
 */
export async function askFileServer({
  body,
  onProgress,
  replyBytes = 0,
  request,
  server,
  session,
  signal,
}: FileServerCall): Promise<FileServerAnswer> {
  const headers = new Map(request.headers)
  if (body !== undefined) headers.set('Content-Type', 'application/octet-stream')
  const deadlineMs = DEADLINE_MS + Math.ceil((2 * ((body?.length ?? 0) + replyBytes)) / LEAST_RATE)
  const reply = await session.toServer(
    destinationOf(server),
    { method: request.method, endpoint: request.path, headers, ...(body === undefined ? {} : { body }) },
    { deadlineMs, signal, repeatable: true, replyBytes, onProgress },
  )
  if (reply.code >= 200 && reply.code < 300) return reply
  const { code: status } = reply
  if (status === 404) throw new AttachmentsError('attachments.gone', { status })
  if (status === 413 || status === 403) throw new AttachmentsError('attachments.refused', { status })
  throw new AttachmentsError('attachments.server-failed', { status })
}

function destinationOf(server: FileServer): ServerDestination {
  const [, protocol = '', host = '', port] = /^(https?):\/\/([^:/]+)(?::([0-9]+))?$/.exec(server.url) ?? []
  const address = parseServerAddress({
    protocol,
    host,
    port: Number(port ?? (protocol === 'https' ? 443 : 80)),
    target: V4_TARGET,
  })
  return { kind: 'server', key: fileServerOnionKey(server), address }
}
