import { NodeTransport, systemClock, systemRandom } from '@sotto/client/node'
import { Network, type NetworkState } from '@sotto/network'
import { utf8Encode } from '@sotto/protocol/encoding'
import { type NodeDirectory } from '@sotto/registry'
import { CountingTransport } from './counting-transport.ts'

/**
 * How a device waits for messages: with held retrieves, or as existing clients do, by asking two members every five seconds.
 * Apart from that there is no difference.
 */
export type Waiting = 'held' | 'polling'

/** What one device has of the network: guards, connections, time. */
export interface Device {
  readonly network: Network
  readonly transport: CountingTransport
  stop(): Promise<void>
}

const hourMs = 3_600_000

/** Ends when it knows the time of the network. */
export async function startDevice(directory: NodeDirectory, waiting: Waiting): Promise<Device> {
  const links = new NodeTransport()
  const transport = new CountingTransport(links)
  const state = stateFor(directory, waiting)
  const ports = { directory, transport, clock: systemClock, random: systemRandom, state, isLocal: true }
  const network = Network.create(ports)
  await network.start()
  while (!network.time.isSettled()) await systemClock.sleep(20)
  return {
    network,
    transport,
    stop: async () => {
      await network.stop()
      links.stop()
    },
  }
}

/** One that polls believes, for the next hours, to have seen of each node that it cannot hold. */
function stateFor(directory: NodeDirectory, waiting: Waiting): NetworkState {
  if (waiting === 'held') return { load: async () => undefined, save: async () => undefined }
  const until = Date.now() + 20 * hourMs
  const abilities = directory
    .list()
    .nodes.map(({ ed25519, version }) => ({ id: ed25519, canHold: false, version: version.join('.'), until }))
  const saved = { version: 1, guards: [], former: [], pool: [], strikes: [], abilities }
  return { load: async () => utf8Encode(JSON.stringify(saved)), save: async () => undefined }
}
