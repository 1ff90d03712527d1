import { MessengerHome, signedNetwork, systemRandom } from '@sotto/client/node'
import { portChannel } from '../../packages/client/src/channel/port-channel.ts'
import { serveApi } from '../../packages/client/src/channel/serve-api.ts'
import { type AccountHost } from '../../packages/client/src/web/home/account-host.ts'
import { HomeApi } from '../../packages/client/src/web/home/home-api.ts'
import { processPort } from './process-port.ts'

/** The accounts of one folder, for the process that started this one: `node-home.ts FOLDER REGISTRY SIGNER`. */
const [, , folder = '', registry = '', signer = ''] = process.argv
const home = new MessengerHome({ folder, network: signedNetwork(registry, signer, { isLocal: true }) })
/** It needs no gateway, and its network is the one that it was given. */
const host: AccountHost = {
  accounts: home.accounts,
  start: async account => home.start(account),
  status: { gateway: 'idle', online: true, network: 'ready' },
  onStatus: () => () => undefined,
  forgetNetwork: async () => undefined,
}
const api = new HomeApi(host, systemRandom)
await api.openUnprotected()
process.on('SIGTERM', () => void end())
serveApi(portChannel(processPort(process)), api)

async function end(): Promise<void> {
  await api.stop()
  await home.stop()
  process.disconnect()
}
