import { type FileLimits, productionLimits } from '@sotto/files'
import { defaultListenerLimits } from '@sotto/server'
import { limitGroups } from '../limit-groups.ts'

/** Settings for the limits of a file server, by names such as `keeping-max-bytes`. */
export const fileLimitGroups = limitGroups<FileLimits>({
  ...productionLimits,
  listener: { ...defaultListenerLimits, ...productionLimits.listener },
})

const { listener, keeping, clients } = productionLimits

/** On loopback everybody comes from one address. And whoever tries something out may want files that end soon. */
export const loopbackFileLimits: FileLimits = {
  ...productionLimits,
  listener: { ...listener, maxConnectionsPerClient: 20_000 },
  keeping: {
    ...keeping,
    maxTtlSeconds: keeping.ttlSeconds,
    maxBytes: 10_737_418_240,
    minFreeBytes: 67_108_864,
  },
  clients: {
    ...clients,
    putRate: 100 * clients.putRate,
    putBurst: 100 * clients.putBurst,
    getRate: 100 * clients.getRate,
    getBurst: 100 * clients.getBurst,
  },
}
