import { createSecureServer, type Http2ServerResponse } from 'node:http2'
import { type IncomingMessage, type ServerResponse } from 'node:http'
import { createCertificate, systemClock, systemRandom } from '@sotto/server'

/** A request whose first byte is this waits until all that wait are released; others are answered at once. */
export const heldByte = 1

type Response = ServerResponse | Http2ServerResponse

/** Tasks of a server that answers as guards do, for HTTP/2 and HTTP/1.1. */
export function guardTasks() {
  const held = new Set<Response>()
  const answer = Buffer.alloc(2048)
  const reply = (response: Response): void => {
    response.setHeader('content-length', answer.length)
    response.end(answer)
  }
  const take = (body: Buffer, response: Response): void => {
    if (body[0] !== heldByte) return reply(response)
    held.add(response)
    response.once('close', () => held.delete(response))
  }
  return {
    /** Answers the port. */
    listen: async (): Promise<number> => {
      const { certificatePem: cert, keyPem } = createCertificate(systemClock.now(), systemRandom)
      const settings = { maxConcurrentStreams: 10_000, initialWindowSize: 1_048_576 }
      const server = createSecureServer({
        cert,
        key: keyPem.expose(),
        allowHTTP1: true,
        settings,
        maxSessionMemory: 256,
      })
      server.on('request', (request: IncomingMessage, response: ServerResponse) => {
        const chunks: Buffer[] = []
        request.on('data', (chunk: Buffer) => chunks.push(chunk))
        request.on('end', () => take(Buffer.concat(chunks), response))
      })
      await new Promise<void>(resolve => server.listen(0, '0.0.0.0', 4096, resolve))
      const address = server.address()
      return address !== null && typeof address === 'object' ? address.port : 0
    },
    /** How many wait. */
    held: (): number => held.size,
    release: (): void => {
      for (const response of held) reply(response)
    },
  }
}

/** Its type, for whoever directs it. */
export type GuardTasks = ReturnType<typeof guardTasks>
