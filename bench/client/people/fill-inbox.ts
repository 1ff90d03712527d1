import { type AccountId, type AccountKeys } from '@sotto/protocol/account'
import { X25519KeyPair, X25519SecretKey } from '@sotto/protocol/crypto'
import { createProDecoy, sealInboxMessage } from '@sotto/protocol/seal'
import { namespaces } from '@sotto/protocol/storage'
import { systemRandom } from '@sotto/client/node'
import { type NodeDirectory } from '@sotto/registry'
import { startDevice } from './device.ts'

/** Stores at a time. */
const lanes = 16
const ttlMs = 14 * 86_400_000

/** Leaves so many texts of 100 to 300 letters in someone's swarm. */
export async function fillInbox(
  directory: NodeDirectory,
  from: AccountKeys,
  to: AccountId,
  count: number,
): Promise<void> {
  const device = await startDevice(directory, 'held')
  const session = device.network.session(`own:${from.accountId}`)
  const first = device.network.time.now()
  let next = 0
  const fill = async (): Promise<void> => {
    while (next < count) {
      const at = next++
      const data = sealText(from, to, first + at, `Message ${at}: ${'and so on '.repeat(10 + (at % 20))}`)
      await session.store(to, now => ({
        owner: to,
        namespace: namespaces.inbox,
        data,
        timestamp: now,
        expiry: now + ttlMs,
        sigTimestamp: now,
      }))
    }
  }
  await Promise.all(Array.from({ length: lanes }, fill))
  await device.stop()
}

function sealText(from: AccountKeys, recipient: AccountId, sentAt: number, body: string): Uint8Array {
  const content = {
    kind: 'message',
    sentAt,
    body,
    attachments: [],
    expiry: { mode: 'off', timerSeconds: 0 },
    profile: { name: 'A friend' },
  } as const
  const ephemeral = new X25519KeyPair(new X25519SecretKey(systemRandom(32)))
  const mark = { decoy: createProDecoy(systemRandom) }
  return sealInboxMessage(content, { sender: from.ed25519, recipient, ephemeral, mark })
}
