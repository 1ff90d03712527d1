import { createAccountSeed, deriveAccountKeys, parseAccountId } from '@sotto/protocol/account'
import { ed25519Sign, X25519KeyPair, X25519SecretKey } from '@sotto/protocol/crypto'
import { decodeBase64, encodeBase64, encodeHex, utf8Encode } from '@sotto/protocol/encoding'
import { createProDecoy, type InboxMessage, openInboxMessage, sealInboxMessage } from '@sotto/protocol/seal'
import { systemRandom } from '@sotto/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LocalNetwork } from '../../src/network/local-network.ts'
import { type ReadyReport } from '../../src/network/ready-report.ts'
import { httpsPost } from './https-post.ts'
import { runRawClient } from './run-raw-client.ts'
import { temporaryFolder, testNetwork } from './test-network.ts'

const { folder, remove } = temporaryFolder()
const keys = deriveAccountKeys(createAccountSeed(systemRandom))
let network: LocalNetwork
let report: ReadyReport

beforeAll(async () => {
  network = testNetwork(folder)
  report = await network.start()
})
afterAll(async () => {
  await network.stop()
  remove()
})

interface StorageReply {
  readonly snodes?: readonly { readonly ip: string; readonly port_https: number }[]
  readonly messages?: readonly { readonly data: string }[]
}

/** Asks a member of an account's swarm, whom any node knows. */
async function ask(owner: string, method: string, params: Readonly<Record<string, unknown>>): Promise<StorageReply> {
  const any = `https://127.0.0.1:${report.nodes[0]?.httpsPort}/storage_rpc/v1`
  const swarm = await httpsPost(any, JSON.stringify({ method: 'get_swarm', params: { pubkey: owner } }))
  const [member] = (JSON.parse(swarm.text) as StorageReply).snodes ?? []
  const url = `https://${member?.ip}:${member?.port_https}/storage_rpc/v1`
  const { text } = await httpsPost(url, JSON.stringify({ method, params }))
  return JSON.parse(text) as StorageReply
}

/** The first message in our inbox, if there is one. */
async function inbox(): Promise<InboxMessage | undefined> {
  const timestamp = Date.now()
  const signature = encodeBase64(ed25519Sign(keys.ed25519, utf8Encode(`retrieve${timestamp}`)))
  const pubkey_ed25519 = encodeHex(keys.ed25519.publicKey)
  const params = { pubkey: keys.accountId, pubkey_ed25519, timestamp, signature }
  const [first] = (await ask(keys.accountId, 'retrieve', params)).messages ?? []
  return first === undefined ? undefined : openInboxMessage(decodeBase64(first.data), keys.x25519)
}

test('the example client and we read each other', async () => {
  const talking = runRawClient(report.seed, keys.accountId, 'Is anybody there?')
  let message: InboxMessage | undefined
  await expect.poll(async () => (message = await inbox()), { timeout: 30_000 }).toBeDefined()
  const sender = parseAccountId(message?.sender ?? '')
  expect(message?.content).toMatchObject({
    kind: 'message',
    body: 'Is anybody there?',
    profile: { name: 'Raw client' },
  })

  const sentAt = Date.now()
  const data = sealInboxMessage(
    { kind: 'message', sentAt, body: 'Ja \u{1f44b}', attachments: [] },
    {
      sender: keys.ed25519,
      recipient: sender,
      ephemeral: new X25519KeyPair(new X25519SecretKey(systemRandom(32))),
      mark: { decoy: createProDecoy(systemRandom) },
    },
  )
  await ask(sender, 'store', { pubkey: sender, timestamp: sentAt, ttl: 60_000, data: encodeBase64(data) })
  const { code, output } = await talking
  expect(output).toBe(`${sender}\nJa \u{1f44b}\n`)
  expect(code).toBe(0)
})
