import { createHash, randomFillSync } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stageFile } from '@sotto/client'
import { MessengerHome, type RunningAccount, signedNetwork } from '@sotto/client/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LocalNetwork } from '../../src/network/local-network.ts'
import { type ReadyReport } from '../../src/network/ready-report.ts'
import { temporaryFolder, testNetwork } from '../network/test-network.ts'
import { sotto } from '../sotto-process.ts'

const { folder, remove } = temporaryFolder()
const bobHome = join(folder, 'bob')
let nodes: LocalNetwork
let report: ReadyReport
let home: MessengerHome
let ada: RunningAccount
let bobId = ''

const onNetwork = () => {
  const { files, registry, signer } = report
  const server = files === undefined ? [] : ['--file-server', files.url, '--file-server-key', files.ed25519]
  return ['--registry', registry, '--signer', signer, '--allow-local', '--home', bobHome, ...server]
}
const soon = { timeout: 60_000, interval: 50 }
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

beforeAll(async () => {
  nodes = testNetwork(join(folder, 'network'))
  report = await nodes.start()
  const network = signedNetwork(report.registry, report.signer, { isLocal: true })
  home = new MessengerHome({ folder: join(folder, 'ada'), network, fileServer: report.files })
  ada = await home.start(await home.accounts.create('Ada'))
  const created = await sotto(['account', 'create', 'Bob', '--home', bobHome, '--no-passphrase', '--json'])
  bobId = (JSON.parse(created.stdout) as { accountId: string }).accountId
}, 60_000)
afterAll(async () => {
  await home.stop()
  await nodes.stop()
  remove()
})

async function newestOf(who: RunningAccount, conversation: string) {
  const { messages } = await who.client.query('messages.page', { conversation, limit: 1 })
  return messages.at(-1)
}

const patient = { timeout: 180_000 }

test('files go from the command line to a client and back, up to the largest', patient, async () => {
  const first = await sotto(['send', ada.accountId, 'Hello', ...onNetwork()])
  expect(first.stderr).toBe('')
  await expect.poll(async () => (await newestOf(ada, bobId))?.body, soon).toBe('Hello')
  const film = join(folder, 'film.bin')
  writeFileSync(film, randomFillSync(new Uint8Array(11_000_000)))
  const refused = await sotto(['send', ada.accountId, '--file', film, ...onNetwork()])
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('larger than 10 MB') })
  await ada.client.command('messages.send', { id: 'hello', conversation: bobId, body: 'Hello, Bob' })
  await expect.poll(async () => (await newestOf(ada, bobId))?.state, soon).toBe('sent')

  const large = randomFillSync(new Uint8Array(10_000_000))
  const path = join(folder, 'large.bin')
  writeFileSync(path, large)
  const sent = await sotto(['send', ada.accountId, '--file', path, '--json', '--wait', '120', ...onNetwork()])
  expect(sent.stderr).toBe('')
  expect(JSON.parse(sent.stdout)).toMatchObject({ state: 'sent' })
  await expect.poll(async () => (await newestOf(ada, bobId))?.attachments[0]?.state, soon).toBe('here')
  const [received] = (await newestOf(ada, bobId))?.attachments ?? []
  expect(received).toMatchObject({ name: 'large.bin', sizeBytes: 10_000_000, kind: 'file' })
  const bytes = await ada.client.command('attachments.read', { attachment: received?.id ?? 0 })
  expect(hashOf(bytes)).toBe(hashOf(large))

  const { id } = await ada.client.command('attachments.stage', {
    conversation: bobId,
    bytes: new Uint8Array(Buffer.from('%PDF-1.7 letter')),
    name: '../../letter.pdf',
  })
  await ada.client.command('messages.send', { id: 'letter', conversation: bobId, body: 'Read this', attachments: [id] })
  await expect.poll(async () => (await newestOf(ada, bobId))?.state, soon).toBe('sent')
  const into = join(folder, 'saved')
  mkdirSync(into)
  const fetched = await sotto(['fetch', ada.accountId, '--to', into, '--json', ...onNetwork()])
  expect(fetched.stderr).toBe('')
  const lines = fetched.stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as { name: string; path: string })
  expect(lines.map(({ name }) => name)).toEqual(['large.bin', 'letter.pdf'])
  const letter = lines[1]?.path ?? ''
  expect(readFileSync(letter, 'utf8')).toBe('%PDF-1.7 letter')
  expect(statSync(letter).mode & 0o777).toBe(0o600)
  writeFileSync(letter, 'mine')
  const again = await sotto(['fetch', ada.accountId, '--to', into, ...onNetwork()])
  expect(again).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('stays as it is') })
  expect(readFileSync(letter, 'utf8')).toBe('mine')
  const blobs = readdirSync(join(folder, 'bob', 'accounts'), { recursive: true, encoding: 'utf8' })
  for (const name of blobs.filter(each => each.includes('/files/'))) {
    expect(readFileSync(join(folder, 'bob', 'accounts', name)).includes('letter')).toBe(false)
  }
  const listed = await sotto(['fetch', ada.accountId, ...onNetwork()])
  expect(listed.stdout).toContain('[file large.bin, 10.0 MB]')
})

test('larger files go in parts, both ways', patient, async () => {
  const film = join(folder, 'film.bin')
  const sent = await sotto(['send', ada.accountId, '--file', film, '--json', '--wait', '120', ...onNetwork()])
  expect(sent.stderr).toBe('')
  await expect.poll(async () => (await newestOf(ada, bobId))?.attachments[0]?.state, soon).toBe('stopped')
  const bytes = readFileSync(film)
  const [attachment] = (await newestOf(ada, bobId))?.attachments ?? []
  expect(attachment).toMatchObject({ name: 'film.bin', sizeBytes: bytes.length })
  await ada.client.command('attachments.download', { attachment: attachment?.id ?? 0 })
  await expect.poll(async () => (await newestOf(ada, bobId))?.attachments[0]?.state, soon).toBe('here')
  const received = await ada.client.command('attachments.read', { attachment: attachment?.id ?? 0 })
  expect(hashOf(received)).toBe(hashOf(bytes))

  const back = randomFillSync(new Uint8Array(13_000_000))
  const read = async (at: number, length: number) => back.slice(at, at + length)
  const file = { conversation: bobId, name: 'back.bin', sizeBytes: back.length, read }
  const { id } = await stageFile(ada.client, file)
  await ada.client.command('messages.send', { id: 'back', conversation: bobId, body: '', attachments: [id] })
  await expect.poll(async () => (await newestOf(ada, bobId))?.state, soon).toBe('sent')
  const into = join(folder, 'large')
  const fetched = await sotto(['fetch', ada.accountId, '--last', '1', '--to', into, '--json', ...onNetwork()])
  expect(fetched.stderr).toBe('')
  const { path } = JSON.parse(fetched.stdout) as { path: string }
  expect(hashOf(readFileSync(path))).toBe(hashOf(back))
})

test('what cannot be sent is refused with a reason', patient, async () => {
  const send = async (...args: readonly string[]) => sotto(['send', ada.accountId, ...args, ...onNetwork()])
  expect(await send()).toMatchObject({ code: 2, stderr: expect.stringContaining('TEXT is missing') })
  expect(await send('--file', join(folder, 'none'))).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('cannot be read'),
  })
  const path = join(folder, 'too-large.bin')
  writeFileSync(path, '')
  truncateSync(path, 200_000_001)
  expect(await send('--file', path)).toMatchObject({ code: 1, stderr: expect.stringContaining('larger than 200 MB') })
})
