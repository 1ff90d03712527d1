import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openMessenger, TypedClient } from '@sotto/client'
import { FileNetworkState, MessengerHome, systemClock } from '@sotto/client/node'
import { PipeTransport } from '@sotto/client/web'
import { Gateway } from '@sotto/gateway'
import { Network } from '@sotto/network'
import { ed25519PublicKey } from '@sotto/protocol/crypto'
import { decodeHex } from '@sotto/protocol/encoding'
import { openRegistry, StaticDirectory } from '@sotto/registry'
import { LogOutput, systemRandom } from '@sotto/server'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder, testNetwork } from '../network/test-network.ts'
import { encodings, findCanaries } from './find-canaries.ts'

const soon = { timeout: 60_000, interval: 20 }

interface Person {
  readonly id: string
  readonly client: TypedClient
}

/** Somebody whose every byte to and from the gateway is kept, as the gateway sees it without TLS. */
async function person(name: string, folder: string, url: string, directory: StaticDirectory, seen: Uint8Array[]) {
  class Tap extends WebSocket {
    constructor(address: string, protocols: string[]) {
      super(address, protocols)
      this.addEventListener('message', ({ data }: { readonly data: unknown }) => {
        if (data instanceof ArrayBuffer) seen.push(new Uint8Array(data.slice(0)))
      })
    }
    override send(data: Uint8Array<ArrayBuffer>): void {
      seen.push(data.slice())
      super.send(data)
    }
  }
  const home = new MessengerHome({ folder })
  const account = await home.accounts.create(name)
  const transport = new PipeTransport({ url, WebSocket: Tap, clock: systemClock, random: systemRandom })
  const state = new FileNetworkState(join(folder, 'guards.json'))
  const ports = { directory, transport, clock: systemClock, random: systemRandom, state, isLocal: true }
  const network = Network.create(ports)
  await network.start()
  const messenger = openMessenger({ database: account.database, network, clock: systemClock, random: systemRandom })
  messenger.start()
  onTestFinished(async () => {
    await messenger.stop()
    await account.lock()
    await network.stop()
    transport.close()
  })
  return { id: account.accountId, client: new TypedClient(messenger) } satisfies Person
}

async function texts({ client }: Person, of: Person): Promise<readonly (string | undefined)[]> {
  const page = await client.query('messages.page', { conversation: of.id, limit: 100 })
  return page.messages.filter(({ kind }) => kind === 'text').map(({ body }) => body)
}

test.for([...encodings.keys()])('what is looked for would be found: %s', name => {
  const text = 'Canary Ümlaut/+ 7f3a91'
  for (const [at, form] of (encodings.get(name)?.(text) ?? []).entries()) {
    const bytes = Buffer.from(`before ${form} behind`, 'latin1')
    expect(findCanaries(bytes, { it: text }), String(at)).toContain(`it as ${name}`)
  }
  expect(findCanaries(Buffer.from('before Canary behind'), { it: text })).toEqual([])
})

test('a gateway neither says nor carries anything of those who use it', async () => {
  const { folder, remove } = temporaryFolder()
  onTestFinished(remove)
  const nodes = testNetwork(join(folder, 'network'))
  const report = await nodes.start()
  onTestFinished(async () => nodes.stop())
  const policy = { trustedKeys: [ed25519PublicKey(decodeHex(report.signer))], allowLocal: true }
  const directory = new StaticDirectory(openRegistry(readFileSync(report.registry), policy, Date.now()))
  let logged = ''
  const write = (line: string): void => void (logged += line)
  const log = new LogOutput({ level: 'trace', format: 'json', clock: systemClock, write })
  const listen = { host: '127.0.0.1', port: 0 }
  const suggestions = () => [{ id: `05${'cd'.repeat(32)}`, name: 'Echo' }]
  const shared = { directory, clock: systemClock, random: systemRandom, suggestions, log }
  const gateway = new Gateway({ ...shared, listen, admin: listen })
  await gateway.start()
  onTestFinished(async () => gateway.stop(0))
  const url = `ws://127.0.0.1:${gateway.port}/pipe`

  const seen: Uint8Array[] = []
  const names = { ada: 'Ada Canary 5e21b7', bob: 'Bob Canary 90cc4d' }
  const said = ['a canary text 1b2c3d', 'a canary answer 4e5f6a']
  const ada = await person(names.ada, join(folder, 'ada'), url, directory, seen)
  const bob = await person(names.bob, join(folder, 'bob'), url, directory, seen)
  await ada.client.command('messages.send', { id: '1', conversation: bob.id, body: said[0] ?? '' })
  await expect.poll(async () => texts(bob, ada), soon).toEqual([said[0]])
  await bob.client.command('messages.send', { id: '2', conversation: ada.id, body: said[1] ?? '' })
  await expect.poll(async () => texts(ada, bob), soon).toEqual(said)
  const seeds = await Promise.all([ada, bob].map(async ({ client }) => client.command('account.recovery-phrase')))

  // Such as a program makes by mistake, and such as it makes on purpose.
  await fetch(`http://127.0.0.1:${gateway.port}/${ada.id}?name=${encodeURIComponent(names.ada)}`)
  const broken = new WebSocket(url, 'sotto-pipe.1')
  broken.addEventListener('open', () => broken.send(Buffer.from(`${said[0]} ${bob.id}`)))
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  broken.addEventListener('close', () => resolve())
  await closed

  const admin = `http://127.0.0.1:${gateway.adminPort}`
  const told = await Promise.all(['metrics', 'health'].map(async path => (await fetch(`${admin}/${path}`)).text()))
  await gateway.stop(0)
  const canaries = {
    'id of Ada': ada.id.slice(2),
    'id of Bob': bob.id.slice(2),
    'name of Ada': names.ada,
    'name of Bob': names.bob,
    'first text': said[0] ?? '',
    'second text': said[1] ?? '',
    'phrase of Ada': seeds[0] ?? '',
    'phrase of Bob': seeds[1] ?? '',
  }
  expect(Object.values(canaries).every(text => text.length >= 16)).toBe(true)
  const carried = Buffer.concat(seen)
  expect(carried.length).toBeGreaterThan(20_000)
  expect(findCanaries(carried, canaries)).toEqual([])
  for (const { id } of [ada, bob]) expect(carried.includes(Buffer.from(id.slice(2), 'hex'))).toBe(false)

  expect(logged).toContain('gateway.started')
  expect(told.join('')).toMatch(/sotto_gateway_requests_total\{outcome="answered"\} [1-9]/)
  for (const text of [logged, ...told]) {
    expect(findCanaries(Buffer.from(text), canaries)).toEqual([])
    expect(text).not.toMatch(/\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{32}|[0-9A-Za-z+/]{43}/)
  }
})
