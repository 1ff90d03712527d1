import { SottoError } from '@sotto/protocol/error'

/** What can go wrong with a local network. */
export type NetworkErrorCode =
  | 'network.bad-shape'
  | 'network.bad-settings'
  | 'network.running'
  | 'network.not-running'
  | 'network.no-ports'
  | 'network.node-failed'
  | 'network.foreign-folder'

const sentences: Readonly<Record<NetworkErrorCode, string>> = {
  'network.bad-shape': 'A network has 1 to 200 nodes, and at least one of them for each swarm.',
  'network.bad-settings': 'The settings of the network in this folder cannot be read: --fresh begins anew.',
  'network.running': 'A network runs from this folder already.',
  'network.not-running': 'No network runs from this folder.',
  'network.no-ports': 'No range of free ports was found: choose one with --base-port.',
  'network.node-failed': 'A node of the network did not start.',
  'network.foreign-folder': 'There are files in this folder that are not of a network: choose another one.',
}

/** A local network that cannot be made or reached. */
export class NetworkError extends SottoError<NetworkErrorCode> {
  override readonly name = 'NetworkError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
