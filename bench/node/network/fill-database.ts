import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openNodeStore } from '@sotto/node'
import { hashMessage, namespaces } from '@sotto/protocol/storage'
import { type SwarmOwner } from '@sotto/protocol/swarm'
import { drawAccount, messageBytes } from '../load/accounts.ts'

const perAccount = 100
const lotSize = 5000

/** Writes so many messages into the database of a node, a hundred to an account, and leaves it as a stop does. */
export async function fillDatabase(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true })
  const { store } = await openNodeStore({ path: join(folder, 'storage.db') })
  const now = Date.now()
  let owner: SwarmOwner = drawAccount().owner
  for (let made = 0; made < count; made += lotSize) {
    const records = Array.from({ length: Math.min(lotSize, count - made) }, (_, at) => {
      if ((made + at) % perAccount === 0) owner = drawAccount().owner
      const data = crypto.getRandomValues(new Uint8Array(messageBytes))
      const hash = hashMessage(owner, namespaces.inbox, data)
      return { owner, namespace: namespaces.inbox, hash, timestamp: now, expiry: now + 86_400_000, data }
    })
    await store.insertRecords(records, now)
  }
  await store.close()
}
