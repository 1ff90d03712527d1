import { once } from 'node:events'
import { createServer } from 'node:https'
import { type AddressInfo } from 'node:net'
import { systemSleepingClock } from '@sotto/node'
import { createCertificate, systemRandom } from '@sotto/server'

/** Tasks of a bare `node:https` server that gives back what it is sent, and keeps nothing. */
export const echoTasks = {
  /** Answers the port. */
  listen: async (): Promise<number> => {
    const { certificatePem: cert, keyPem } = createCertificate(systemSleepingClock.now(), systemRandom)
    const given = new Map<string, Buffer>()
    const server = createServer({ cert, key: keyPem.expose() }, (request, reply) => {
      if (request.method === 'GET') return void reply.end(given.get(request.url ?? ''))
      const pieces: Buffer[] = []
      request.on('data', (piece: Buffer) => pieces.push(piece))
      request.on('end', () => {
        given.clear()
        given.set('/file/1', Buffer.concat(pieces))
        reply.setHeader('content-type', 'application/json')
        reply.end('{"id":"1"}')
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  },
}

/** Its type, for whoever directs it. */
export type EchoTasks = typeof echoTasks
