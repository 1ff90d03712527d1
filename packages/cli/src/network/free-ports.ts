import { type RandomBytes } from '@sotto/protocol/crypto'
import { createServer } from 'node:net'
import { NetworkError } from './network-error.ts'

const lowest = 20_000
/** Below the ports that systems give to outgoing connections. */
const highest = 32_000
const tries = 50

/**
 * The first of `count` ports in a row that nobody listens on now.
 * @throws {NetworkError} `network.no-ports`
 */
export async function findFreePorts(count: number, host: string, random: RandomBytes): Promise<number> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const [high = 0, low = 0] = random(2)
    const first = lowest + ((256 * high + low) % (highest - lowest - count))
    if (await areFree(first, count, host)) return first
  }
  throw new NetworkError('network.no-ports', { count })
}

async function areFree(first: number, count: number, host: string): Promise<boolean> {
  for (let port = first; port < first + count; port++) if (!(await isFreePort(port, host))) return false
  return true
}

/** Whether nobody listens there now. */
export async function isFreePort(port: number, host: string): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
