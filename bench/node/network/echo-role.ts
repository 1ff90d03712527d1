import { createServer } from 'node:https'
import { createCertificate, systemClock, systemRandom } from '@sotto/server'

/** Tasks of a bare server: reads a request and answers as many bytes as its path says, `/512`. */
export const echoTasks = {
  /** Answers the port. */
  listen: async (): Promise<number> => {
    const { certificatePem: cert, keyPem } = createCertificate(systemClock.now(), systemRandom)
    const bodies = new Map<string, Uint8Array>()
    const server = createServer({ cert, key: keyPem.expose(), keepAliveTimeout: 600_000 }, (incoming, outgoing) => {
      const path = incoming.url ?? '/0'
      const body = bodies.get(path) ?? new Uint8Array(Number(path.slice(1))).fill(0x20)
      bodies.set(path, body)
      incoming.on('data', () => undefined)
      incoming.on('end', () => {
        outgoing.writeHead(200, { 'content-type': 'text/plain', 'content-length': body.length })
        outgoing.end(body)
      })
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    return address !== null && typeof address === 'object' ? address.port : 0
  },
}
