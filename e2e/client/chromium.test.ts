import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { HomeClient, type HomeStatus } from '@sotto/client/web'
import { type BrowserPlace, type BrowserWorld, browserWorld } from './browser-world.ts'
import { Person, soon } from './person.ts'
import { scenarios } from './scenarios.ts'

let world: BrowserWorld
beforeAll(async () => {
  world = await browserWorld()
})
afterEach(async () => world.clear())
afterAll(async () => world.stop())

test.for(scenarios)('in Chromium: $name', async ({ run }) => {
  expect(await run(world)).toBe(undefined)
})

async function friends(): Promise<readonly [ada: Person<BrowserPlace>, bob: Person<BrowserPlace>]> {
  const [ada, bob] = await Promise.all([Person.create(world, 'Ada'), Person.create(world, 'Bob')])
  await ada.say(bob, 'Hello Bob')
  await bob.sees(ada, ['Hello Bob'])
  await bob.say(ada, 'Hello Ada')
  await ada.sees(bob, ['Hello Bob', 'Hello Ada'])
  return [ada, bob]
}

test('a page that is loaded again in the middle of sending loses nothing and sends nothing twice', async () => {
  const [ada, bob] = await friends()
  const bodies = ['one', 'two', 'three', 'four', 'five', 'six']
  for (const body of bodies.slice(0, 3)) await ada.say(bob, body)
  const rest = Promise.allSettled(bodies.slice(3).map(async body => ada.say(bob, body)))
  await ada.place.reload()
  await rest
  for (const body of bodies) await ada.say(bob, body)
  await ada.hasSentAll(bob)
  await bob.sees(ada, ['Hello Bob', 'Hello Ada', ...bodies])
  expect(await ada.texts(bob)).toEqual(['Hello Bob', 'Hello Ada', ...bodies])
})

test('the second tab asks the first, and goes on when that is killed', async () => {
  const [ada, bob] = await friends()
  const second = await ada.place.secondTab()
  const follower = new HomeClient(second.api).account(ada.opened.slot)
  const say = async (body: string): Promise<unknown> =>
    follower.command('messages.send', { id: body, conversation: bob.id, body })
  await say('from the second tab')
  await bob.seesLast(ada, 'from the second tab')
  expect(await ada.texts(bob)).toEqual(['Hello Bob', 'Hello Ada', 'from the second tab'])

  const bodies = ['one', 'two', 'three', 'four', 'five', 'six']
  const asked = Promise.all(bodies.map(async body => say(body)))
  await ada.place.kill()
  await asked
  await bob.sees(ada, ['Hello Bob', 'Hello Ada', 'from the second tab', ...bodies])
  await bob.say(ada, 'still there?')
  const last = async (): Promise<unknown> =>
    (await follower.query('messages.page', { conversation: bob.id, limit: 100 })).messages.at(-1)?.body
  await expect.poll(last, soon).toBe('still there?')
})

test('what is kept of a locked account is unreadable', async () => {
  const ada = await Person.create(world, 'Ada Canary', { passphrase: 'canary passphrase' })
  const bob = await Person.create(world, 'Bob')
  await bob.say(ada, 'canary wombat')
  await ada.sees(bob, ['canary wombat'])
  const words = await ada.client.command('account.recovery-phrase')
  await ada.home.lock(ada.opened.slot)
  const { bytes, found } = await ada.place.inPage('scan', ['canary', 'Canary', ada.id, bob.id, words, 'account_origin'])
  expect(found).toEqual([])
  expect(bytes).toBeGreaterThan(50_000)
})

test('the list of nodes is kept: a start does not need it from the gateway', async () => {
  const [ada, bob] = await friends()
  let refused = 0
  await ada.place.page.context().route('**/.well-known/**', async route => {
    refused += 1
    await route.abort()
  })
  await ada.place.reload()
  await bob.say(ada, 'still there?')
  await ada.seesLast(bob, 'still there?')
  expect(refused).toBeGreaterThan(0)
})

test('with no gateway at all an account opens and shows what it has, and goes on when there is one', async () => {
  const [ada, bob] = await friends()
  const context = ada.place.page.context()
  await ada.home.forgetNetwork()
  await context.route('**/.well-known/**', async route => route.abort())
  await ada.place.reload()
  expect(await ada.texts(bob)).toEqual(['Hello Bob', 'Hello Ada'])
  const statuses: HomeStatus[] = []
  ada.home.watchStatus({ onResult: status => statuses.push(status) })
  await expect.poll(() => statuses.at(-1), soon).toMatchObject({ network: 'unknown', role: 'leads', gateway: 'idle' })
  await ada.say(bob, 'written before there was a network')
  await context.unroute('**/.well-known/**')
  await bob.seesLast(ada, 'written before there was a network')
  await expect.poll(() => statuses.at(-1), soon).toMatchObject({ network: 'ready', gateway: 'open', online: true })
})

test('an account is erased from the network and from the device', async () => {
  const [ada, bob] = await friends()
  const words = await ada.client.command('account.recovery-phrase')
  await ada.home.erase(ada.opened.slot)
  expect(await ada.home.list()).toEqual([])
  const { slot } = await ada.home.restore(words)
  const again = ada.home.account(slot)
  await bob.say(ada, 'are you there?')
  const bodies = async (): Promise<unknown> => {
    const { messages } = await again.query('messages.page', { conversation: bob.id })
    return messages.filter(({ kind }) => kind === 'text').map(({ body }) => body)
  }
  await expect.poll(bodies, soon).toEqual(['are you there?'])
})
