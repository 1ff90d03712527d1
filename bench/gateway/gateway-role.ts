import { Gateway, productionLimits } from '@sotto/gateway'
import { systemClock, systemRandom } from '@sotto/server'
import { directoryOf } from './network.ts'

/** On one machine all clients have one address. */
const limits = {
  ...productionLimits,
  listener: { maxConnectionsPerClient: 20_000 },
  clients: {
    ...productionLimits.clients,
    maxPipes: 20_000,
    maxRequests: 100_000,
    requestRate: 1e6,
    requestBurst: 1e6,
    bytesRate: 1e9,
    bytesBurst: 1e9,
  },
}

/** Tasks of a gateway. */
export const gatewayTasks = {
  /** Answers the port. */
  listen: async ({ guardPort }: { readonly guardPort: number }): Promise<number> => {
    const listen = { host: '127.0.0.1', port: 0 }
    const directory = directoryOf(guardPort)
    const gateway = new Gateway({ listen, directory, limits, clock: systemClock, random: systemRandom })
    await gateway.start()
    return gateway.port
  },
  /** Frees what is not in use, so that the next figure is of what is. */
  collect: (): void => globalThis.gc?.(),
}

/** Its type, for whoever directs it. */
export type GatewayTasks = typeof gatewayTasks
