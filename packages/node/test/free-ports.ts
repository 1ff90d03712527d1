import { createServer, type Server } from 'node:net'

/** Ports of the loopback that nobody listens on: taken all at once, so that they differ, then given back. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, async () => listening()))
  const ports = servers.map(server => {
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  })
  await Promise.all(servers.map(async server => closed(server)))
  return ports
}

async function listening(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port: 0, host: '127.0.0.1' }, () => resolve(server))
  })
}

async function closed(server: Server): Promise<void> {
  await new Promise<void>(resolve => {
    server.close(() => resolve())
  })
}
