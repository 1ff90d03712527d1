import { MessengerHome, signedNetwork, systemRandom } from '@sotto/client/node'
import { portChannel } from '../../packages/client/src/channel/port-channel.ts'
import { serveApi } from '../../packages/client/src/channel/serve-api.ts'
import { HomeApi } from '../../packages/client/src/web/home/home-api.ts'
import { processPort } from './process-port.ts'

/** The accounts of one folder, for the process that started this one: `node-home.ts FOLDER REGISTRY SIGNER`. */
const [, , folder = '', registry = '', signer = ''] = process.argv
const home = new MessengerHome({ folder, network: signedNetwork(registry, signer, { isLocal: true }) })
const api = new HomeApi(home, systemRandom)
await api.openUnprotected()
process.on('SIGTERM', () => void end())
serveApi(portChannel(processPort(process)), api)

async function end(): Promise<void> {
  await api.stop()
  await home.stop()
  process.disconnect()
}
