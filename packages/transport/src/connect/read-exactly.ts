import { type Socket } from 'node:net'
import { TransportError } from '../transport-error.ts'

/** The next `length` bytes of a socket and not one more: what follows stays for the next reader. */
export async function readExactly(socket: Socket, length: number, signal: AbortSignal): Promise<Uint8Array> {
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
  const look = (): void => {
    const bytes = socket.read(length) as Buffer | null
    // At the end of the stream `read` gives what is left, which is less.
    if (bytes?.length === length) resolve(new Uint8Array(bytes))
    else if (bytes !== null || socket.readableEnded) fail()
  }
  const fail = (cause?: unknown): void => reject(new TransportError('transport.closed', {}, { cause }))
  const stop = (): void => reject(signal.reason)
  socket.on('readable', look).on('end', fail).on('error', fail).on('close', fail)
  signal.addEventListener('abort', stop, { once: true })
  look()
  try {
    return await promise
  } finally {
    socket.off('readable', look).off('end', fail).off('error', fail).off('close', fail)
    signal.removeEventListener('abort', stop)
  }
}
