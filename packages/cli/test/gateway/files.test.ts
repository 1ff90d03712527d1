import { randomFillSync } from 'node:crypto'
import { join } from 'node:path'
import { openMessenger, TypedClient } from '@sotto/client'
import { FileNetworkState, MessengerHome, signedNetwork, systemClock } from '@sotto/client/node'
import { PipeTransport } from '@sotto/client/web'
import { Network } from '@sotto/network'
import { parseFileServer } from '@sotto/protocol/attachment'
import { ed25519PublicKey } from '@sotto/protocol/crypto'
import { decodeHex } from '@sotto/protocol/encoding'
import { openRegistry, StaticDirectory } from '@sotto/registry'
import { systemRandom } from '@sotto/server'
import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder, testNetwork } from '../network/test-network.ts'

const soon = { timeout: 120_000, interval: 50 }

test('the largest file goes through a gateway, both ways', { timeout: 240_000 }, async () => {
  const { folder, remove } = temporaryFolder()
  onTestFinished(remove)
  const nodes = testNetwork(join(folder, 'network'))
  const { files, gateway, registry, signer } = await nodes.start()
  onTestFinished(async () => nodes.stop())
  const key = ed25519PublicKey(decodeHex(signer))
  const list = openRegistry(readFileSync(registry), { trustedKeys: [key], allowLocal: true }, Date.now())
  const home = new MessengerHome({
    folder: join(folder, 'home'),
    network: signedNetwork(registry, signer, { isLocal: true }),
  })
  const account = await home.accounts.create('Ada')
  const transport = new PipeTransport({
    url: `${gateway.replace('http', 'ws')}/pipe`,
    WebSocket,
    clock: systemClock,
    random: systemRandom,
  })
  const ports = { clock: systemClock, random: systemRandom }
  const state = new FileNetworkState(join(folder, 'guards.json'))
  const network = Network.create({ directory: new StaticDirectory(list), transport, ...ports, state, isLocal: true })
  await network.start()
  const server = parseFileServer(files.url, ed25519PublicKey(decodeHex(files.ed25519)))
  const { blobs, database } = account
  const messenger = openMessenger({ database, blobs, network, ...ports, fileServer: () => server })
  messenger.start()
  onTestFinished(async () => {
    await messenger.stop()
    await account.lock()
    await network.stop()
    transport.close()
  })
  const client = new TypedClient(messenger)
  const conversation = account.accountId
  const bytes = randomFillSync(new Uint8Array(10_000_000))
  const { id } = await client.command('attachments.stage', { conversation, bytes })
  const sent = { id: 'large', conversation, body: '', attachments: [id] }
  const seen: number[] = []
  const onResult = (progress: readonly { readonly doneBytes: number }[]): void => {
    seen.push(...progress.map(({ doneBytes }) => doneBytes))
  }
  const endWatch = client.watch('attachments.progress', { attachments: [id] }, { onResult })
  onTestFinished(endWatch)
  const { message } = await client.command('messages.send', sent)
  await expect.poll(async () => (await client.query('messages.get', { message }))?.state, soon).toBe('sent')
  expect(seen.length).toBeGreaterThan(1)
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  const { store } = messenger.context
  store.write(tx => tx.run("UPDATE attachments SET state = 'evicted', file = NULL"))
  await client.command('attachments.download', { attachment: id })
  await expect.poll(async () => (await client.query('attachments.get', { attachment: id }))?.state, soon).toBe('here')
  expect(Buffer.compare(await client.command('attachments.read', { attachment: id }), bytes)).toBe(0)
})
