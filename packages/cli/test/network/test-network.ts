import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { productionLimits, systemSleepingClock, type NodeLimits } from '@sotto/node'
import { systemRandom } from '@sotto/server'
import { LocalNetwork, type LocalNetworkOptions } from '../../src/network/local-network.ts'

/** Members that a busy machine makes late are waited for. */
const limits: NodeLimits = {
  ...productionLimits,
  swarm: { ...productionLimits.swarm, quorumGraceMs: 5000, peerTimeoutMs: 10_000 },
}

/** A new folder, and what deletes it. */
export function temporaryFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-network-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** A network in this process, with the limits of production. */
export function testNetwork(folder: string, options: Partial<LocalNetworkOptions> = {}): LocalNetwork {
  return new LocalNetwork({ folder, limits, clock: systemSleepingClock, random: systemRandom, ...options })
}
