import { type GatewayLimits, productionLimits } from '@sotto/gateway'
import { defaultListenerLimits } from '@sotto/server'
import { defaultLinkLimits } from '@sotto/transport'
import { limitGroups } from '../limit-groups.ts'

/** Settings for the limits of a gateway, by names such as `clients-request-rate`. */
export const gatewayLimitGroups = limitGroups<GatewayLimits>({
  ...productionLimits,
  listener: { ...defaultListenerLimits, ...productionLimits.listener },
  links: { ...defaultLinkLimits, ...productionLimits.links },
})

const { clients } = productionLimits

/** On loopback everybody comes from one address. */
export const loopbackGatewayLimits: GatewayLimits = {
  ...productionLimits,
  listener: { maxConnectionsPerClient: 20_000 },
  clients: {
    ...clients,
    maxPipes: 10_000,
    maxRequests: 32_768,
    requestRate: 1000 * clients.requestRate,
    requestBurst: 100 * clients.requestBurst,
    bytesRate: 100 * clients.bytesRate,
    bytesBurst: 100 * clients.bytesBurst,
  },
}
