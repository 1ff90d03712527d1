import { createHash, randomFillSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MessengerHome, signedNetwork } from '@sotto/client/node'
import { expect, onTestFinished, test } from 'vitest'
import { runRawClient } from './run-raw-client.ts'
import { temporaryFolder, testNetwork } from './test-network.ts'

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const soon = { timeout: 60_000, interval: 50 }

test('files go to a client that knows nothing of ours, and back', { timeout: 180_000 }, async () => {
  const { folder, remove } = temporaryFolder()
  onTestFinished(remove)
  const nodes = testNetwork(join(folder, 'network'))
  const { files, registry, seed, signer } = await nodes.start()
  onTestFinished(async () => nodes.stop())
  const network = signedNetwork(registry, signer, { isLocal: true })
  const home = new MessengerHome({ folder: join(folder, 'home'), network, fileServer: files })
  onTestFinished(async () => home.stop())
  const { accountId, client } = await home.start(await home.accounts.create('Ada'))
  const [theirs, ours] = [randomFillSync(new Uint8Array(100_000)), randomFillSync(new Uint8Array(70_000))]
  const path = join(folder, 'theirs.bin')
  writeFileSync(path, theirs)

  const running = runRawClient(seed, accountId, 'A file', path, files.url, files.ed25519)
  await expect.poll(async () => (await client.query('requests.list')).length, soon).toBe(1)
  const [request] = await client.query('requests.list')
  const conversation = request?.contact ?? ''
  const newest = async () => (await client.query('messages.page', { conversation, limit: 1 })).messages[0]
  const received = (await newest())?.attachments[0]
  expect(received).toMatchObject({ name: 'theirs.bin', sizeBytes: 100_000, state: 'waiting' })
  const attachment = received?.id ?? 0
  await client.command('attachments.download', { attachment })
  await expect.poll(async () => (await client.query('attachments.get', { attachment }))?.state, soon).toBe('here')
  expect(hashOf(await client.command('attachments.read', { attachment }))).toBe(hashOf(theirs))

  const { id } = await client.command('attachments.stage', { conversation, bytes: ours, name: 'ours.bin' })
  await client.command('messages.send', { id: 'answer', conversation, body: '', attachments: [id] })
  const { code, output } = await running
  expect(output.trim().split('\n').at(-1)).toBe(`ours.bin 70000 ${hashOf(ours)}`)
  expect(code).toBe(0)
})
