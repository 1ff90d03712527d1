import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type MessageView } from '@sotto/client'
import { MessengerHome, type RunningAccount, signedNetwork } from '@sotto/client/node'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type LocalNetwork } from '../../src/network/local-network.ts'
import { type ReadyReport } from '../../src/network/ready-report.ts'
import { temporaryFolder, testNetwork } from '../network/test-network.ts'
import { sotto } from '../sotto-process.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const { folder, remove } = temporaryFolder()
let nodes: LocalNetwork
let report: ReadyReport
let homes = 0

beforeAll(async () => {
  nodes = testNetwork(join(folder, 'network'))
  report = await nodes.start()
})
afterAll(async () => {
  await nodes.stop()
  remove()
})

interface Person {
  readonly home: string
  readonly running: RunningAccount
  readonly say: (to: Person, body: string) => Promise<number>
  readonly stop: () => Promise<void>
}

const options = () => ({ network: signedNetwork(report.registry, report.signer, { isLocal: true }) })
const onNetwork = () => ['--registry', report.registry, '--signer', report.signer, '--allow-local']

async function person(name: string): Promise<Person> {
  const path = join(folder, `home-${homes++}`)
  const home = new MessengerHome({ folder: path, ...options() })
  const running = await home.start(await home.accounts.create(name))
  const stop = async (): Promise<void> => home.stop()
  onTestFinished(stop)
  const say = async (to: Person, body: string): Promise<number> => {
    const args = { id: `${name} ${body}`, conversation: to.running.accountId, body }
    return (await running.client.command('messages.send', args)).message
  }
  return { home: path, running, say, stop }
}

async function messages(of: Person, who: Person): Promise<readonly MessageView[]> {
  const conversation = who.running.accountId
  return (await of.running.client.query('messages.page', { conversation, limit: 100 })).messages
}

const texts = async (of: Person, who: Person): Promise<readonly (string | undefined)[]> =>
  (await messages(of, who)).filter(({ kind }) => kind === 'text').map(({ body }) => body)

const soon = { timeout: 60_000, interval: 20 }

test('two people: request, answer, reaction, reply, deletion and a message that disappears', async () => {
  const [ada, bob] = [await person('Ada'), await person('Bob')]
  await ada.say(bob, 'Hello Bob')
  await expect.poll(async () => texts(bob, ada), soon).toEqual(['Hello Bob'])
  expect(await bob.running.client.query('requests.list')).toMatchObject([{ name: 'Ada' }])
  await bob.say(ada, 'Hello Ada')
  await expect.poll(async () => texts(ada, bob), soon).toEqual(['Hello Bob', 'Hello Ada'])
  expect(await bob.running.client.query('requests.list')).toEqual([])

  const answer = (await messages(ada, bob)).findLast(({ outgoing }) => !outgoing)
  await ada.running.client.command('reactions.add', { message: answer?.id ?? 0, emoji: '❤' })
  const reactions = async (): Promise<unknown> =>
    (await messages(bob, ada)).flatMap(each => each.reactions.map(({ emoji }) => emoji))
  await expect.poll(reactions, soon).toEqual(['❤'])

  const last = await bob.say(ada, 'not for long')
  await expect.poll(async () => (await texts(ada, bob)).at(-1), soon).toBe('not for long')
  await bob.running.client.command('deletion.delete', { messages: [last], scope: 'everywhere' })
  await expect.poll(async () => (await messages(ada, bob)).at(-1)?.deleted, soon).toBe('everywhere')

  const conversation = ada.running.accountId
  await bob.running.client.command('expiry.set', { conversation, mode: 'after-read', timerSeconds: 10 })
  await bob.say(ada, 'gone in ten seconds')
  await expect.poll(async () => (await texts(ada, bob)).at(-1), soon).toBe('gone in ten seconds')
  await ada.running.client.command('conversations.mark-read', { conversation: bob.running.accountId })
  await expect.poll(async () => texts(ada, bob), soon).not.toContain('gone in ten seconds')
  await expect.poll(async () => texts(bob, ada), soon).not.toContain('gone in ten seconds')
})

test('who is away gets everything when they are back, in order and once', async () => {
  const [ada, bob] = [await person('Ada'), await person('Bob')]
  await ada.say(bob, 'one')
  await expect.poll(async () => texts(bob, ada), soon).toEqual(['one'])
  await bob.stop()
  for (const body of ['two', 'three', 'four']) await ada.say(bob, body)
  await expect.poll(async () => (await messages(ada, bob)).every(({ state }) => state === 'sent'), soon).toBe(true)
  const home = new MessengerHome({ folder: bob.home, ...options() })
  onTestFinished(async () => home.stop())
  const [listing] = await home.accounts.list()
  if (listing === undefined) throw new Error('the account is gone')
  const running = await home.start(await home.accounts.unlock(listing.slot))
  await expect.poll(async () => texts({ ...bob, running }, ada), soon).toEqual(['one', 'two', 'three', 'four'])
})

test('a listener that is killed with -9 has everything the next time, and shows nothing twice', async () => {
  const ada = await person('Ada')
  const home = join(folder, `home-${homes++}`)
  const created = await sotto(['account', 'create', 'Bob', '--home', home, '--no-passphrase', '--json'])
  const { accountId } = JSON.parse(created.stdout) as { accountId: string }
  const listen = () => {
    const args = ['listen', '--json', '--home', home, ...onNetwork()]
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args])
    const shown: string[] = []
    createInterface(child.stdout).on('line', line => shown.push((JSON.parse(line) as { body: string }).body))
    return { child, shown, ended: once(child, 'close') }
  }
  const say = async (body: string): Promise<unknown> =>
    ada.running.client.command('messages.send', { id: body, conversation: accountId, body })

  const first = listen()
  await say('one')
  await expect.poll(() => first.shown, soon).toEqual(['one'])
  first.child.kill('SIGKILL')
  await first.ended
  await say('two')
  const second = listen()
  await say('three')
  await expect.poll(() => second.shown, soon).toEqual(['two', 'three'])

  // Another process sends through the one that listens. A stranger's name means nobody: anyone can call themselves Ada.
  const to = (who: string) => ['send', who, 'got it', '--home', home, '--json', ...onNetwork()]
  expect(await sotto(to('Ada'))).toMatchObject({ code: 1, stdout: '' })
  const sent = await sotto(to(ada.running.accountId))
  expect({ code: sent.code, ...(JSON.parse(sent.stdout) as object) }).toMatchObject({ code: 0, state: 'sent' })
  const conversation = accountId
  const page = async (): Promise<unknown> =>
    (await ada.running.client.query('messages.page', { conversation })).messages.at(-1)?.body
  await expect.poll(page, soon).toBe('got it')
  second.child.kill('SIGTERM')
  expect(await second.ended).toEqual([0, null])
})
