import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openMessenger, type SqlDatabase } from '@sotto/client'
import { MessengerHome, NodeTransport, systemClock, systemRandom } from '@sotto/client/node'
import { Network } from '@sotto/network'
import { directoryOf } from '../../gateway/network.ts'
import { writeMessages, type StoreShape } from './write-messages.ts'

/** Under the repository's folder for what can be made again. */
const cache = fileURLToPath(new URL('../../../.cache/bench-client/', import.meta.url))
/** What is in such a store; another one is written when this changes. */
const version = 1

/** An account with very many messages. */
export interface LargeStore {
  readonly home: MessengerHome
  readonly shape: StoreShape
}

/** The store of the last time, or a new one. */
export async function largeStore(messages: number, fresh: boolean): Promise<LargeStore> {
  const folder = join(cache, `store-${version}-${messages}`)
  const ready = join(folder, 'shape.json')
  if (fresh || !existsSync(ready)) rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const home = new MessengerHome({ folder: join(folder, 'home') })
  if (!existsSync(ready)) writeFileSync(ready, JSON.stringify(await write(home, messages)))
  return { home, shape: JSON.parse(readFileSync(ready, 'utf8')) as StoreShape }
}

/** A messenger that never goes online: its network knows two nodes, and is not started. */
export function openOffline(database: SqlDatabase) {
  const network = Network.create({
    directory: directoryOf(1),
    transport: new NodeTransport(),
    clock: systemClock,
    random: systemRandom,
    state: { load: async () => undefined, save: async () => undefined },
    isLocal: true,
  })
  return openMessenger({ database, network, clock: systemClock, random: systemRandom })
}

/** With the schema that the program itself makes. */
async function write(home: MessengerHome, messages: number): Promise<StoreShape> {
  process.stdout.write(`Writing a store of ${messages} messages; it is kept for the next time …\n\n`)
  const account = await home.accounts.create('Somebody')
  const client = openOffline(account.database)
  const shape = writeMessages(account.database, account.accountId, messages)
  await client.stop()
  await account.lock()
  return shape
}
