import { defaultFileServer, type FileServer, FileServerError, parseFileUrl } from '@sotto/protocol/attachment'
import { compareBytes } from '@sotto/protocol/encoding'
import { type EngineContext } from '../engine/context.ts'

/**
 * Whether a file lies where this account's own files do, or on the server of the network. Any other may belong to whoever sent its
 * address, who would learn from a request, even one through the network, that somebody is there. Spec 70 L10.
 */
export function isAtKnownServer(url: string | undefined, { fileServer }: Pick<EngineContext, 'fileServer'>): boolean {
  const server = url === undefined ? undefined : serverOf(url)
  return server !== undefined && [fileServer(), defaultFileServer()].some(known => isSame(server, known))
}

function serverOf(url: string): FileServer | undefined {
  try {
    return parseFileUrl(url).server
  } catch (error) {
    if (error instanceof FileServerError) return undefined
    throw error
  }
}

function isSame(one: FileServer, other: FileServer): boolean {
  return one.url === other.url && compareBytes(one.publicKey, other.publicKey) === 0
}
