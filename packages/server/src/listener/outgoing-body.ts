import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReplyPieces } from './route.ts'

/** Length of what is sent, in bytes. */
export function bodyLength(body: Uint8Array | string): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : body.length
}

/** Whether answers with this status carry neither a body nor a length. */
export function hasNoBody(status: number): boolean {
  return status === 204 || status === 205 || status === 304
}

/** Sends pieces as fast as they are taken. If one cannot be had, the client sees that the answer is cut short. */
export async function sendPieces({ chunks }: ReplyPieces, outgoing: Writable): Promise<void> {
  // What fails has ended the connection, and that is all that can still be told.
  await pipeline(chunks, outgoing).catch(() => outgoing.destroy())
}
