import { FileServerError, parseFileUrl } from '@sotto/protocol/attachment'

/** A file on a server. */
export interface FilePlace {
  /** The address of the server. */
  readonly server: string
  /** What it calls the file. Spec 40 §8.2. */
  readonly id: string
}

/** `undefined` for what lies nowhere yet, or at an address that says nothing. */
export function placeOf(url: string | undefined): FilePlace | undefined {
  if (url === undefined) return undefined
  try {
    const { id, server } = parseFileUrl(url)
    return { server: server.url, id }
  } catch (error) {
    if (error instanceof FileServerError) return undefined
    throw error
  }
}
