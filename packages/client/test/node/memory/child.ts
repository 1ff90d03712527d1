import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { argv, stdin, stdout } from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { openMessenger, TypedClient } from '@sotto/client'
import { FolderAccountFiles, NodeTransport, systemClock, systemRandom } from '@sotto/client/node'
import { Network } from '@sotto/network'
import { Accounts } from '../../../src/accounts/accounts.ts'
import { parseAccountSlot } from '../../../src/accounts/account-slot.ts'
import { type OpenAccount } from '../../../src/accounts/open-account.ts'
import { LateDirectory } from '../../../src/web/home/late-directory.ts'
import { quickPolicy } from '../../support/quick-policy.ts'

const [, , folder = '', slotText = '', secretFile = ''] = argv

/** A messenger that finds nobody. */
function messengerOf({ database }: OpenAccount) {
  const network = Network.create({
    directory: new LateDirectory(),
    transport: new NodeTransport(),
    clock: systemClock,
    random: systemRandom,
    state: { load: async () => undefined, save: async () => undefined },
    isLocal: true,
  })
  return openMessenger({ database, network, clock: systemClock, random: systemRandom })
}

/** Looks at what a person would look at, and keeps nothing of it. */
async function look(client: TypedClient): Promise<void> {
  const { id } = await client.query('account.get')
  await client.query('messages.range', { conversation: id, limit: 400 })
  await client.query('conversations.list')
  await client.query('search.messages', { text: 'wombat' })
}

/** Opens the account, says so, and locks it when it is told to. */
async function live(): Promise<void> {
  const files = new FolderAccountFiles(folder)
  const accounts = new Accounts({ files, random: systemRandom, clock: systemClock, policy: quickPolicy })
  const account = await accounts.unlock(parseAccountSlot(slotText), readFileSync(secretFile))
  const messenger = messengerOf(account)
  messenger.start()
  await look(new TypedClient(messenger))
  stdout.write('open\n')
  await once(stdin, 'data')
  await messenger.stop()
  await account.lock()
}

await live()
for (let round = 0; round < 10; round++) {
  globalThis.gc?.()
  await sleep(20)
}
stdout.write('locked\n')
await once(stdin, 'data')
