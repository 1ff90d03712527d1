import { type NodeLimits, productionLimits } from '@sotto/node'

const { clients, onion, held, swarm } = productionLimits
const unlimited = 1e9

/**
 * Limits by address, account and previous hop are off, since the load comes from one; those that bound what is under way
 * are wide enough for ten thousand held retrieves between two nodes. The rest is as in production.
 */
export const benchLimits: NodeLimits = {
  ...productionLimits,
  listener: { maxConnectionsPerClient: 20_000, maxStreams: 20_000 },
  links: { maxPending: 20_000 },
  clients: {
    ...clients,
    rpcRate: unlimited,
    rpcBurst: unlimited,
    onionRate: unlimited,
    onionBurst: unlimited,
    onionBytesRate: unlimited,
    onionBytesBurst: unlimited,
    maxOnionsInFlight: unlimited,
  },
  onion: { ...onion, maxPendingPerNode: 20_000, maxQueuedPerSide: 20_000, maxQueueMs: 60_000 },
  held: { ...held, accountRate: unlimited, accountBurst: unlimited, checkRate: unlimited, checkBurst: unlimited },
  swarm: { ...swarm, maxPendingPerNode: 20_000 },
}
