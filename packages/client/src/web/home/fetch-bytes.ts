import { concatBytes } from '@sotto/protocol/encoding'
import { HomeError } from './home-error.ts'

/** What may be fetched, and for how long. */
export interface FetchOptions {
  readonly maxBytes: number
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/**
 * Fetches a few bytes; what is in a cache is asked for again.
 * @throws {HomeError} `home.no-directory`, `home.directory-too-large`
 */
export async function fetchBytes(url: string, { maxBytes, timeoutMs, signal }: FetchOptions): Promise<Uint8Array> {
  const either = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
  try {
    const reply = await fetch(url, { cache: 'no-cache', credentials: 'omit', redirect: 'error', signal: either })
    if (reply.ok && reply.body !== null) return await readAtMost(reply.body, maxBytes)
    throw new HomeError('home.no-directory', { status: reply.status })
  } catch (cause) {
    if (cause instanceof HomeError) throw cause
    throw new HomeError('home.no-directory', {}, { cause })
  }
}

async function readAtMost(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    if (length > maxBytes) throw new HomeError('home.directory-too-large', { maxBytes })
    chunks.push(chunk)
  }
  return concatBytes(...chunks)
}
