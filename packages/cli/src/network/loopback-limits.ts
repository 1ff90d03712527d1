import { defaultClientLimits, type NodeLimits, productionLimits, productionSwarmLimits } from '@sotto/node'

/**
 * On loopback everybody comes from one address. And all processors may be busy with something else, so members that are a
 * little late are waited for: who tries the network out wants to see the whole swarm confirm.
 */
export const loopbackLimits: NodeLimits = {
  ...productionLimits,
  swarm: { ...productionSwarmLimits, quorumGraceMs: 1000 },
  listener: { maxConnectionsPerClient: 20_000 },
  clients: {
    ...defaultClientLimits,
    rpcRate: 100 * defaultClientLimits.rpcRate,
    rpcBurst: 100 * defaultClientLimits.rpcBurst,
    onionRate: 1000 * defaultClientLimits.onionRate,
    onionBurst: 100 * defaultClientLimits.onionBurst,
    onionBytesRate: 100 * defaultClientLimits.onionBytesRate,
    onionBytesBurst: 100 * defaultClientLimits.onionBytesBurst,
    maxOnionsInFlight: 32_768,
  },
}
