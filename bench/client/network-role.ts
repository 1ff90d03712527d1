import { systemSleepingClock } from '@sotto/node'
import { systemRandom } from '@sotto/server'
import { loopbackGatewayLimits } from '../../packages/cli/src/gateway/gateway-limits.ts'
import { LocalNetwork } from '../../packages/cli/src/network/local-network.ts'
import { loopbackLimits } from '../../packages/cli/src/network/loopback-limits.ts'

/** Tasks of the process that is the network: twelve nodes, as `sotto network up` runs them. `start` tells who signs its list. */
export function networkTasks() {
  let network: LocalNetwork | undefined
  return {
    start: async ({ folder, processes }: { readonly folder: string; readonly processes: boolean }) => {
      network = new LocalNetwork({
        folder,
        processes,
        limits: loopbackLimits,
        gatewayLimits: loopbackGatewayLimits,
        clock: systemSleepingClock,
        random: systemRandom,
      })
      const { gateway, registry, signer, files } = await network.start()
      return { gateway, registry, signer, files }
    },
    stop: async (): Promise<void> => network?.stop(),
  }
}

/** Its type, for whoever directs it. */
export type NetworkTasks = ReturnType<typeof networkTasks>
